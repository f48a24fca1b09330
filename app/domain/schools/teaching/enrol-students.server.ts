import { commit } from "#db/client.ts";
import { holds, putEnrolments, selectClass, selectEnrolmentsOf, selectHeldRoles, selectSubject } from "#db/enrolments.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { recordAll } from "../../audit.server.ts";
import { DomainError, invalid } from "../../errors.ts";
import { authorize } from "../../policy.ts";
import type { EnrolInput } from "./inputs.ts";
import { ACTS, stepTowards, type Result } from "./rules.ts";

/**
 * Students learn a subject with a teacher of the school from now on. Who does so already stays; who is no student here is refused, and
 * with them everybody if `allOrNothing` was asked. What the class says need not be said again.
 */
export async function enrolStudents(ctx: AppContext, actor: Actor, schoolId: string, input: EnrolInput): Promise<Result[]> {
  authorize(actor, "school:administer", schoolId);
  const now = ctx.clock.now();
  const { db } = ctx;
  const [inClass] = input.classId === null ? [] : await selectClass(db, schoolId, input.classId);
  if (input.classId !== null && !inClass?.active) throw invalid("classId", "class_unknown");
  const subjectId = input.subjectId ?? inClass?.subjectId ?? null;
  const teacherId = input.teacherId ?? inClass?.teacherId ?? null;
  if (subjectId === null) throw invalid("subjectId", "subject_or_class_missing");
  if (teacherId === null) throw invalid("teacherId", "teacher_missing");
  const studentIds = [...new Set(input.studentIds)];
  const { tutorId, classId, customName } = input;
  const [[subject], held, existing] = await db.batch([
    selectSubject(db, schoolId, subjectId),
    selectHeldRoles(db, schoolId, [...studentIds, teacherId, ...(tutorId ? [tutorId] : [])]),
    selectEnrolmentsOf(db, { schoolId, subjectId, teacherId, studentIds }),
  ]);
  if (!subject?.active) throw invalid("subjectId", "subject_unknown");
  if (!holds(held, teacherId, "teacher")) throw invalid("teacherId", "teacher_unknown");
  if (tutorId && !holds(held, tutorId, "tutor")) throw invalid("tutorId", "tutor_not_here");
  const steps = studentIds.map((studentId) => {
    if (!holds(held, studentId, "student")) return { studentId, step: null, known: undefined };
    const known = existing.find((one) => one.studentId === studentId);
    return { studentId, step: stepTowards({ tutorId, classId, customName }, known, now), known };
  });
  const results = steps.map(({ studentId, step }): Result => ({ studentId, outcome: step === null ? "refused" : step === "nothing" ? "already" : "done", reason: step === null ? "student_unknown" : null }));
  if (input.allOrNothing && results.some(({ outcome }) => outcome === "refused")) throw new DomainError("conflict", "nobody_enrolled", { extra: { results } });
  const todo = steps.flatMap(({ step, ...rest }) => (step === null || step === "nothing" ? [] : [{ ...rest, step, id: rest.known?.id ?? ctx.ids.make("enr") }]));
  if (todo.length === 0) return results;
  await commit(db, [
    ...putEnrolments(db, todo.map(({ id, studentId, step, known }) => ({
      id, schoolId, studentId, subjectId, teacherId, tutorId, classId, customName, createdAt: now, ...(step === "change" ? { startsAt: known!.startsAt, endsAt: known!.endsAt } : { startsAt: now, endsAt: null }),
    }))),
    ...recordAll(ctx, actor, todo.map(({ id, studentId, step }) => ({ action: ACTS[step], subjectId: id, childId: studentId, schoolId, details: { subjectId, teacherId, tutorId, classId } }))),
  ]);
  return results;
}
