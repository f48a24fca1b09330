import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { liftRestriction as lift, selectRestrictions } from "#db/restrictions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { wasFirst } from "../races.server.ts";
import { administered, pupilOf } from "./pupil.server.ts";
import { isOver } from "./rules.ts";

/** Ends a restriction that one's school set. What the person had before counts again, but being primary guardian does not come back by itself. Again changes nothing. */
export async function liftRestriction(ctx: AppContext, actor: Actor, childId: string, id: string): Promise<void> {
  const now = ctx.clock.now();
  const asked = pupilOf(ctx, actor, childId);
  const [pupils, set] = await ctx.db.batch([asked.select, selectRestrictions(ctx.db, childId, administered(actor))]);
  asked.require(pupils);
  const found = set.find(({ restriction }) => restriction.id === id)?.restriction;
  if (!found) throw notFound();
  requireStepUp(actor, now);
  if (isOver(found, now)) return;
  // Somebody else may lift it at the same instant.
  await wasFirst(commit(ctx.db, [
    lift(ctx.db, id, actor.userId, now),
    bumpRules(ctx.db, childId),
    record(ctx, actor, { action: "restriction.lifted", subjectId: id, childId, schoolId: found.schoolId, details: { personId: found.personId, endedBefore: found.endsAt } }),
  ]), "NOT NULL restrictions.starts_at");
}
