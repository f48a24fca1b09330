import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { noteLook } from "../consent/note-look.server.ts";
import { DomainError } from "../errors.ts";
import { answerProblem, attendanceProblem, hoursAfter } from "./attendance-rules.ts";
import { loadHeld } from "./load-held.server.ts";
import { minutesOf } from "./rules.ts";
import { readsAttendance } from "./standing.server.ts";

/** What was written about a lesson and what became of it, with what this reader may do now. Not for tutors, nor for guardians from whom attendance is kept. */
export async function getAttendancePage(ctx: AppContext, actor: Actor, lessonId: string) {
  const now = ctx.clock.now();
  const { lesson, outcome, standing, madeUpAt } = await loadHeld(ctx, actor, lessonId);
  const { teaches, administers, schedules } = standing;
  const works = teaches || administers;
  const ward = wardOf(actor, lesson.studentId);
  if (!readsAttendance(actor, lesson, standing)) throw new DomainError("forbidden", "not_shared");
  noteLook(ctx, actor, { childId: lesson.studentId, capacity: ward ? "guardian" : actor.userId === lesson.studentId ? "self" : teaches ? "teacher" : "school_administration", ...(works && !ward ? { schoolId: lesson.schoolId } : {}), dataTypes: outcome ? ["attendance"] : [] });
  const { id, studentId, student, teacher, subject, startsAt, endsAt, usesHours, hours } = lesson;
  return {
    lesson: { id, studentId, student, teacher, subject, startsAt, endsAt, usesHours, hours, minutes: minutesOf(lesson) }, outcome, madeUpAt,
    willUse: outcome && hoursAfter({ usesHours, ...outcome }),
    may: {
      take: works && attendanceProblem(lesson, outcome, now) === null,
      answer: schedules && answerProblem(outcome, now) === null,
      resolve: administers && outcome?.answer === "disputed" && outcome.resolution === null,
      makeUp: works && hours === "consumed" && madeUpAt === null,
    },
  };
}
export type AttendancePage = Awaited<ReturnType<typeof getAttendancePage>>;
