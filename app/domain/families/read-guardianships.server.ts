import { selectAuditEvents } from "#db/operation.ts";
import { findGuardianship, selectGuardiansOf, selectGuardianship, type GuardianOf, type Guardianship } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { authorize } from "../policy.ts";

/** Who looks after a child now, for its guardians and itself. */
export async function listGuardians(ctx: AppContext, actor: Actor, childId: string): Promise<GuardianOf[]> {
  authorize(actor, "guardianship:view", childId);
  return selectGuardiansOf(ctx.db, childId, ctx.clock.now());
}

export async function getGuardianship(ctx: AppContext, actor: Actor, id: string): Promise<Guardianship> {
  const found = await findGuardianship(ctx.db, actor.userId, id, ctx.clock.now());
  if (!found) throw notFound();
  return found;
}

/** How a guardianship came to be what it is, by the audit events. */
export async function getGuardianshipHistory(ctx: AppContext, actor: Actor, id: string) {
  const [[guardianship], events] = await ctx.db.batch([selectGuardianship(ctx.db, actor.userId, id, ctx.clock.now()), selectAuditEvents(ctx.db, id)]);
  if (!guardianship) throw notFound();
  return events;
}
