import { commit } from "#db/client.ts";
import { bumpRules, retireControl } from "#db/decisions.ts";
import { findGuardianship, updateGuardianship, type Guardianship } from "#db/guardianships.ts";
import { endLent, narrowLent } from "#db/lent-rights.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { changesOf, replacedBy } from "../changes.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";
import type { ChangeGuardianshipInput } from "./inputs.ts";
import { grantOf } from "./presets.ts";
import { requireDates } from "./rules.ts";

/**
 * The primary guardian changes what another (or they themselves) may do and how long, is to the child, or when they are called. Rights and
 * dates need a step-up. What the other lent shrinks with it. Throws conflict `lent_is_ended` for rights that were themselves lent.
 */
export async function changeGuardianship(ctx: AppContext, actor: Actor, id: string, { rights, preset, ...rest }: ChangeGuardianshipInput): Promise<Guardianship> {
  const now = ctx.clock.now();
  const before = await findGuardianship(ctx.db, actor.userId, id, now);
  if (!before) throw notFound();
  const { childId, guardianId } = before;
  authorize(actor, "guardianship:manage", childId);
  const grant = preset || rights ? grantOf(preset, rights ?? before) : undefined;
  const change = changesOf(before, { ...rest, ...grant });
  const dated = "startsAt" in change || "endsAt" in change;
  if (grant || dated) requireStepUp(actor, now);
  if (Object.keys(change).length === 0) return before;
  if (before.delegatedBy !== null && (grant || dated)) throw new DomainError("conflict", "lent_is_ended");
  if (before.isPrimary && (dated || change.contactAs)) throw new DomainError("conflict", "primary_hands_over");
  const after = { ...before, ...change };
  if (change.startsAt !== undefined && (before.startsAt <= now || change.startsAt < now)) throw invalid("startsAt", "already_begun");
  if (dated) requireDates(after, now);
  const old = replacedBy(change, before);
  const news = guardianshipNews(ctx, actor, [guardianId], { id: childId, name: before.childName });
  await commit(ctx.db, [
    updateGuardianship(ctx.db, { id, childId, primaryId: actor.userId, now }, change),
    ...(grant ? [narrowLent(ctx.db, guardianId, childId, after)] : []),
    ...(after.endsAt === null ? [] : [endLent(ctx.db, guardianId, childId, after.endsAt, now)]),
    ...(grant || dated ? [bumpRules(ctx.db, childId)] : []),
    ...(change.canApprovePurchases === false ? [retireControl(ctx.db, childId, guardianId, now)] : []),
    record(ctx, actor, { action: "guardianship.changed", subjectId: id, childId, details: { guardianId, old, new: change } }),
    ...news.writes,
  ]).catch(overtaken(() => new DomainError("conflict", "guardianship_over"), "NOT NULL guardianships.active"));
  await ctx.jobs.ring(news.jobIds);
  return after;
}
