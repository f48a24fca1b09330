import { commit, type Write } from "#db/client.ts";
import { insertProposals, listEndedProposals, putConsents, selectConsents, selectProposals, selectSettlers, withdrawProposals } from "#db/consents.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { lapse } from "./end-consents.server.ts";
import type { SetConsentsInput } from "./inputs.ts";
import { DATA_TYPES, isOpen, needsBoth, planCells, PROPOSAL_LIFE, RECIPIENTS, type Cell, type CellPlan, type Setting } from "./rules.ts";

/** Opens or closes cells of a child's matrix. Closing acts at once; opening to people outside the family takes a proof of identity, and some cells a second guardian. */
export async function setConsents(ctx: AppContext, actor: Actor, { childId, cells, granted, until: ends, reason }: SetConsentsInput): Promise<CellPlan[]> {
  authorize(actor, "consent:set", childId);
  const now = ctx.clock.now();
  const until = granted ? ends : null;
  if (until !== null && until <= now) throw invalid("until", "until_past");
  if (granted && cells.some(({ recipient }) => recipient !== "other_guardians")) requireStepUp(actor, now);
  const [settings, proposals, settlers, lapsed] = await ctx.db.batch([
    selectConsents(ctx.db, childId), selectProposals(ctx.db, childId, now), selectSettlers(ctx.db, childId, now), listEndedProposals(ctx.db, now, cellsInAll, childId),
  ]);
  if (!settlers.some(({ id }) => id === actor.userId)) throw new DomainError("forbidden");
  const others = settlers.filter(({ id }) => id !== actor.userId);
  const plan = planCells(cells, { granted, until }, { settings, proposed: proposals, alone: others.length === 0, now });
  const [done, proposed] = [plan.filter(({ outcome }) => outcome === "done"), plan.filter(({ outcome }) => outcome === "proposed")];
  if (done.length + proposed.length === 0) return plan;

  const set = { childId, granted, until, reason, setBy: actor.userId, now };
  // Alone where somebody else would have to agree: held in the same batch.
  const [double, single] = [done.filter((cell) => granted && needsBoth(cell) && others.length === 0), done.filter((cell) => !(granted && needsBoth(cell) && others.length === 0))];
  const rows = proposed.map(({ dataType, recipient }) => ({ id: ctx.ids.make("cpr"), childId, dataType, recipient, until, reason, proposedBy: actor.userId, createdAt: now, expiresAt: now + PROPOSAL_LIFE }));
  const child = wardOf(actor, childId)!.name;
  const told = others.map(({ id }) => id);
  const page = `/settings/consent?child=${childId}`;
  const changed = done.length > 0 ? notify(ctx, told, { type: "consent.changed", facts: { child, by: actor.name, count: done.length, granted: granted ? 1 : 0 }, path: page, cause: ctx.ids.make("consent"), severity: "attention", childId }) : nothing;
  const asked = rows.length > 0 ? notify(ctx, told, { type: "consent.proposed", facts: { child, by: actor.name, count: rows.length }, path: page, cause: rows[0]!.id, severity: "attention", childId }) : nothing;
  await settled(ctx, [
    ...(single.length > 0 ? [putConsents(ctx.db, single, set)] : []),
    ...(double.length > 0 ? [putConsents(ctx.db, double, { ...set, alone: true })] : []),
    ...(done.length > 0 ? [withdrawProposals(ctx.db, childId, done, actor.userId), record(ctx, actor, { action: "consent.changed", subjectId: childId, childId, details: { changes: done.map((cell) => changeOf(cell, settings, { granted, until }, now)), reason } })] : []),
    ...(rows.length > 0 ? [...lapsed.flatMap((proposal) => lapse(ctx, proposal)), ...insertProposals(ctx.db, rows, now), record(ctx, actor, { action: "consent.proposed", subjectId: rows[0]!.id, childId, details: { changes: proposed.map((cell) => changeOf(cell, settings, { granted, until }, now)), reason } })] : []),
    ...changed.writes, ...asked.writes,
  ]);
  await ctx.jobs.ring([...changed.jobIds, ...asked.jobIds]);
  return plan;
}

const cellsInAll = DATA_TYPES.length * RECIPIENTS.length;
const nothing = { writes: [] as Write[], jobIds: [] as string[] };

/** A cell's old and new value, as the audit log keeps it. */
export function changeOf({ dataType, recipient }: Cell, settings: readonly Setting[], to: { granted: boolean; until: number | null }, now: number) {
  const set = settings.find((one) => one.dataType === dataType && one.recipient === recipient);
  return { dataType, recipient, from: { granted: isOpen({ dataType, recipient }, settings, now), until: set?.until ?? null }, to };
}

/** Writes what was decided, unless somebody was quicker or a right ended meanwhile. */
export async function settled(ctx: AppContext, writes: Write[]): Promise<void> {
  await commit(ctx.db, writes).catch(overtaken(() => new DomainError("conflict", "consent_moved"), "NOT NULL consents.granted", "NOT NULL consent_proposals.status", "UNIQUE consent_proposals.child_id"));
}
