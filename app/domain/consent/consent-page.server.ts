import { selectConsents, selectProposals, selectSettlers } from "#db/consents.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { isSteppedUp } from "../actor.ts";
import { authorize, can } from "../policy.ts";
import { DATA_TYPES, isOpen, needsBoth, RECIPIENTS, sameCell, type Cell } from "./rules.ts";

/** A child's whole matrix, what waits for a second guardian, and whether the reader may change it. */
export async function readConsents(ctx: AppContext, actor: Actor, childId: string) {
  authorize(actor, "consent:view", childId);
  const now = ctx.clock.now();
  const [settings, proposals, settlers] = await ctx.db.batch([selectConsents(ctx.db, childId), selectProposals(ctx.db, childId, now), selectSettlers(ctx.db, childId, now)]);
  const cellOf = (cell: Cell) => {
    const set = settings.find((one) => sameCell(one, cell));
    const open = isOpen(cell, settings, now);
    return {
      ...cell, open, until: open ? (set?.until ?? null) : null, reason: set?.reason ?? null, setBy: set?.setBy ?? null, setAt: set?.setAt ?? null,
      needsBoth: needsBoth(cell), proposed: proposals.some((one) => sameCell(one, cell)),
    };
  };
  return {
    childId, cells: RECIPIENTS.flatMap((recipient) => DATA_TYPES.map((dataType) => cellOf({ dataType, recipient }))),
    proposals: proposals.map((one) => ({ ...one, mine: one.proposedBy === actor.userId })),
    maySet: can(actor, "consent:set", childId) && settlers.some(({ id }) => id === actor.userId),
    others: settlers.filter(({ id }) => id !== actor.userId).map(({ name }) => name), steppedUp: isSteppedUp(actor, now),
  };
}
export type ConsentMatrix = Awaited<ReturnType<typeof readConsents>>;
export type ConsentCell = ConsentMatrix["cells"][number];
