import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectToSettle, selectUntold, settleHours, settleOutcome } from "#db/lesson-outcomes.ts";
import { insertLessonChanges } from "#db/lesson-writes.ts";
import { postLesson } from "#db/ledger.ts";
import type { Write } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { noteActivity } from "../learning/note-activity.server.ts";
import { hoursAfter, UNTOLD } from "./attendance-rules.ts";
import { minutesOf } from "./rules.ts";

const A_RUN = 20;

/** Closes the books on lessons whose family has had its time: hours are used up or given back, and who was there has learnt. Each once, however often this runs. Answers how many. */
export async function settleLessons(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const due = await selectToSettle(ctx.db, now, A_RUN);
  for (const { lessonId, schoolId, studentId, subjectId, subject, topic, status, timeZone, startsAt, endsAt, ...lesson } of due) {
    const minutes = minutesOf({ startsAt, endsAt });
    const hours = lesson.hours === null ? hoursAfter({ ...lesson, status }) : null;
    const wasThere = status === "present" || status === "late";
    await once(ctx, [
      settleOutcome(ctx.db, lessonId, now),
      ...(hours ? [settleHours(ctx.db, lessonId, hours, now)] : []),
      ...(hours === "consumed" ? postLesson(ctx.db, () => ctx.ids.make("entry"), { lessonId, schoolId, studentId, minutes, at: now }) : []),
      ...(wasThere ? [noteActivity(ctx, { studentId, schoolId, subjectId, kind: "lesson", about: topic ?? subject, minutes, cause: lessonId, timeZone, at: startsAt })] : []),
      ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId, what: "settled", byId: null, facts: { status, hours }, at: now }]),
      record(ctx, null, { action: "lesson.settled", subjectId: lessonId, childId: studentId, schoolId, details: { status, hours, minutes } }),
    ]);
  }
  return due.length + (await letGoUntold(ctx));
}

/** A lesson of which the school wrote nothing in two weeks uses up nothing. */
async function letGoUntold(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const untold = await selectUntold(ctx.db, now - UNTOLD, A_RUN);
  for (const { lessonId, studentId, schoolId } of untold) {
    await once(ctx, [
      settleHours(ctx.db, lessonId, "released", now), ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId, what: "settled", byId: null, facts: { status: null, hours: "released" }, at: now }]),
      record(ctx, null, { action: "lesson.settled", subjectId: lessonId, childId: studentId, schoolId, details: { hours: "released" } }),
    ]);
  }
  return untold.length;
}

/** Another run, or a word from somebody, may have been first. */
async function once(ctx: AppContext, writes: Write[]): Promise<void> {
  try {
    await commit(ctx.db, writes);
  } catch (error) {
    if (!broke(error, "NOT NULL lesson_outcomes.confirm_until", "NOT NULL lessons.revision")) throw error;
  }
}
