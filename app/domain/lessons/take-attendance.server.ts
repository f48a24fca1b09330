import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { putAttendance, putOutcome } from "#db/lesson-outcomes.ts";
import { insertLessonChanges } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import type { AttendanceInput } from "./attendance-inputs.ts";
import { attendanceProblem, TO_CONFIRM } from "./attendance-rules.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { loadHeld } from "./load-held.server.ts";

/** Who teaches, or runs the school, writes from the lesson's start on who was there. The family then has two days to say that it was otherwise; until they speak it can be written anew. */
export async function takeAttendance(ctx: AppContext, actor: Actor, lessonId: string, { status, minutesLate, note }: AttendanceInput): Promise<void> {
  const now = ctx.clock.now();
  const { lesson, outcome, guardians } = await loadHeld(ctx, actor, lessonId, ({ teaches, administers }) => teaches || administers);
  const problem = attendanceProblem(lesson, outcome, now);
  if (problem) throw new DomainError("conflict", problem);
  if (minutesLate !== undefined && status !== "late") throw invalid("minutesLate", "minutes_late_only_late");
  const { schoolId, studentId } = lesson;
  const confirmUntil = now + TO_CONFIRM;
  const news = lessonNews(ctx, actor, lesson, guardians, "lesson.attended", { status, until: confirmUntil });
  try {
    await commit(ctx.db, [
      putAttendance(ctx.db, { id: outcome?.attendanceId ?? ctx.ids.make("att"), schoolId, studentId, onDate: lesson.localStart.slice(0, 10), lessonId, status, minutesLate: minutesLate ?? null, takenBy: actor.userId, at: now }),
      putOutcome(ctx.db, { lessonId, studentId, note, confirmUntil }),
      ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId, what: "attended", byId: actor.userId, facts: { status, before: outcome?.status ?? null }, at: now }]),
      record(ctx, actor, { action: "lesson.attended", subjectId: lessonId, childId: studentId, schoolId, details: { status, before: outcome?.status ?? null } }),
      ...news.writes,
    ]);
  } catch (error) {
    if (broke(error, "NOT NULL lesson_outcomes.confirm_until")) throw new DomainError("conflict", "attendance_answered");
    throw error;
  }
  await ctx.jobs.ring(news.jobIds);
}
