import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { cancelPlan as cancel, insertPlan, selectAssignmentsToPlan, selectMaterialsToPlan, selectPlan, selectSteps, tickStep as tick } from "#db/study-plans.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { DomainError, notFound } from "../../errors.ts";
import { claimRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { notify } from "../../notifications/notify.server.ts";
import { authorizeRead } from "../../policy.ts";
import type { PlanInput } from "./inputs.ts";
import { datesProblem, writesPlans } from "./rules.ts";

/** For whom the actor plans, and what the steps may lead to. Throws not_found, forbidden. */
export async function planFacts(ctx: AppContext, actor: Actor, studentId: string) {
  const now = ctx.clock.now();
  const [[row], materials, assignments] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectMaterialsToPlan(ctx.db, studentId, now), selectAssignmentsToPlan(ctx.db, studentId, now)]);
  const access = accessOf(row, actor, now);
  authorizeRead(actor, access, "progress");
  const capacity = writesPlans(access!);
  if (!capacity) throw new DomainError("forbidden");
  const schoolId = "schoolId" in capacity ? capacity.schoolId : null;
  const ours = <T extends { schoolId: string }>(rows: T[]) => rows.filter((one) => schoolId === null || one.schoolId === schoolId);
  return { student: { id: studentId, name: row!.name }, schoolId, materials: ours(materials), assignments: ours(assignments) };
}

/** A plan of steps with dates: a teacher's or tutor's for their student, or the family's own. */
export async function writePlan(ctx: AppContext, actor: Actor, { studentId, title, startsOn, endsOn, steps }: PlanInput, repeat: Repeat | null = null): Promise<string> {
  const { schoolId, materials, assignments } = await planFacts(ctx, actor, studentId);
  const wrong = datesProblem({ startsOn, endsOn, steps });
  const foreign = steps.findIndex(({ materialId, assignmentId }) => (materialId !== null && !materials.some(({ id }) => id === materialId)) || (assignmentId !== null && !assignments.some(({ id }) => id === assignmentId)));
  const fields = [...(wrong ? [wrong] : []), ...(foreign === -1 ? [] : [{ path: `steps.${foreign}.link`, message: "step_not_theirs" }])];
  if (fields.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields });
  const id = ctx.ids.make("splan");
  const told = notify(ctx, [studentId], { type: "study_plan.written", facts: { title, by: actor.name }, path: `/study-plans/${id}`, cause: `${id}.written`, childId: studentId });
  return once(ctx, actor.userId, repeat, async () => {
    await commit(ctx.db, [
      ...insertPlan(ctx.db, { id, studentId, schoolId, title, authorId: actor.userId, startsOn, endsOn, status: "active", createdAt: ctx.clock.now() }, steps.map((step, at) => ({ planId: id, studentId, position: at + 1, doneAt: null, ...step }))),
      ...claimRepeat(ctx, actor.userId, repeat, id),
      record(ctx, actor, { action: "study_plan.written", subjectId: id, childId: studentId, ...(schoolId ? { schoolId } : {}), details: { steps: steps.length } }), ...told.writes,
    ]);
    await ctx.jobs.ring(told.jobIds);
    return id;
  });
}

/** The student says of a step that it is done, or is not after all. */
export async function tickStep(ctx: AppContext, actor: Actor, planId: string, position: number, done: boolean): Promise<void> {
  const [[found], steps] = await ctx.db.batch([selectPlan(ctx.db, planId), selectSteps(ctx.db, planId)]);
  if (!found || found.plan.studentId !== actor.userId || !steps.some((step) => step.position === position)) throw notFound();
  if (found.plan.status === "cancelled") throw new DomainError("conflict", "plan_cancelled");
  await commit(ctx.db, [
    ...tick(ctx.db, found.plan, position, done ? ctx.clock.now() : null),
    record(ctx, actor, { action: done ? "study_plan.step_done" : "study_plan.step_undone", subjectId: planId, childId: actor.userId, details: { step: position } }),
  ]);
}

/** Its author gives a plan up; nobody sees it any more. */
export async function cancelPlan(ctx: AppContext, actor: Actor, planId: string): Promise<void> {
  const [found] = await selectPlan(ctx.db, planId);
  if (!found || found.plan.authorId !== actor.userId) throw notFound();
  if (found.plan.status === "cancelled") return;
  const { studentId, schoolId } = found.plan;
  await commit(ctx.db, [cancel(ctx.db, actor.userId, planId), record(ctx, actor, { action: "study_plan.cancelled", subjectId: planId, childId: studentId, ...(schoolId ? { schoolId } : {}) })]);
}
