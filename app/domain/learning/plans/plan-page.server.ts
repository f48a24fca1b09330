import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectPlan, selectPlansOf, selectSteps, studentOfPlan } from "#db/study-plans.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { noteLook, noteReading } from "../../consent/note-look.server.ts";
import { notFound } from "../../errors.ts";
import { authorizeRead } from "../../policy.ts";
import { forRowsOf } from "../own-school.ts";

/** A plan with its steps, for whom the family lets see progress; the family's own is no school's to see. */
export async function readPlan(ctx: AppContext, actor: Actor, id: string) {
  const now = ctx.clock.now();
  const [[found], [row], steps] = await ctx.db.batch([selectPlan(ctx.db, id), selectChildAccess(ctx.db, actor, studentOfPlan(id), now), selectSteps(ctx.db, id)]);
  if (!found || found.plan.status === "cancelled") throw notFound();
  const { schoolId, createdAt: _at, ...plan } = found.plan;
  const access = forRowsOf(accessOf(row, actor, now), schoolId);
  const capacity = authorizeRead(actor, access, "progress");
  noteLook(ctx, actor, { childId: plan.studentId, capacity: capacity.as, schoolId, dataTypes: ["progress"] });
  return { ...plan, author: found.author, student: row!.name, ofFamily: schoolId === null, steps, own: actor.userId === plan.studentId, mayCancel: actor.userId === plan.authorId };
}
export type PlanPage = Awaited<ReturnType<typeof readPlan>>;

/** A student's plans that stand, those under way first. */
export async function listPlans(ctx: AppContext, actor: Actor, studentId: string) {
  const now = ctx.clock.now();
  const [[row], plans] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectPlansOf(ctx.db, studentId, actor.userId, readRule("progress"), now)]);
  const capacity = authorizeRead(actor, accessOf(row, actor, now), "progress");
  noteReading(ctx, actor, studentId, capacity, "progress");
  return plans;
}
