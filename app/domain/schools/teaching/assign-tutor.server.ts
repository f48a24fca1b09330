import { commit } from "#db/client.ts";
import { endTutorAssignment, holds, putTutorAssignments, selectHeldRoles, selectTutorAssignments } from "#db/enrolments.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record, recordAll } from "../../audit.server.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { authorize } from "../../policy.ts";
import type { AssignTutorInput } from "./inputs.ts";
import { isInForce, type Result } from "./rules.ts";

/** A tutor for students whatever the subject. Who has that tutor already keeps them; who is no student here is refused. */
export async function assignTutor(ctx: AppContext, actor: Actor, schoolId: string, { tutorId, allOrNothing, ...input }: AssignTutorInput): Promise<Result[]> {
  authorize(actor, "school:administer", schoolId);
  const now = ctx.clock.now();
  const studentIds = [...new Set(input.studentIds)];
  const [held, existing] = await ctx.db.batch([selectHeldRoles(ctx.db, schoolId, [tutorId, ...studentIds]), selectTutorAssignments(ctx.db, schoolId, tutorId, studentIds)]);
  if (!holds(held, tutorId, "tutor")) throw invalid("tutorId", "tutor_not_here");
  const has = new Set(existing.filter((one) => isInForce(one, now)).map((one) => one.studentId));
  const results = studentIds.map((studentId): Result => {
    if (!holds(held, studentId, "student")) return { studentId, outcome: "refused", reason: "student_unknown" };
    return { studentId, outcome: has.has(studentId) ? "already" : "done", reason: null };
  });
  if (allOrNothing && results.some(({ outcome }) => outcome === "refused")) throw new DomainError("conflict", "nobody_enrolled", { extra: { results } });
  const fresh = results.filter(({ outcome }) => outcome === "done").map(({ studentId }) => studentId);
  if (fresh.length > 0) await commit(ctx.db, [
    ...putTutorAssignments(ctx.db, fresh.map((studentId) => ({ schoolId, tutorId, studentId, startsAt: now, endsAt: null }))),
    ...recordAll(ctx, actor, fresh.map((studentId) => ({ action: "tutor.assigned", subjectId: tutorId, childId: studentId, schoolId }))),
  ]);
  return results;
}

/** The tutor no longer sees the student by it on the next request. */
export async function releaseTutor(ctx: AppContext, actor: Actor, schoolId: string, tutorId: string, studentId: string): Promise<void> {
  authorize(actor, "school:administer", schoolId);
  const [known] = await selectTutorAssignments(ctx.db, schoolId, tutorId, [studentId]);
  if (!known) throw notFound();
  const now = ctx.clock.now();
  if (known.endsAt !== null && known.endsAt <= now) return;
  await commit(ctx.db, [endTutorAssignment(ctx.db, { schoolId, tutorId, studentId }, now), record(ctx, actor, { action: "tutor.released", subjectId: tutorId, childId: studentId, schoolId })]);
}
