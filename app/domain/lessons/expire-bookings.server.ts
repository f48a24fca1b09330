import { expireBooking, selectExpiredBookings } from "#db/bookings.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertLessonChanges } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { letGo } from "./answer-booking.server.ts";

const A_RUN = 20;

/** Ends what nobody answered in time: the time and hours held are free again. It counts as ended from its instant on. Answers how many. */
export async function expireBookings(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const due = await selectExpiredBookings(ctx.db, now, A_RUN);
  for (const booking of due) {
    const { id, lessonId, kind, studentId, schoolId, startsAt, endsAt, timeZone } = booking;
    const facts = { child: booking.student!, subject: booking.subject, startsAt, move: Number(kind === "move") };
    const news = notify(ctx, [studentId, booking.requestedBy, ...(kind === "move" ? [booking.teacherId] : [])], { type: "booking.expired", facts, path: `/schedule/${lessonId}`, cause: `${id}.expired`, severity: "attention", childId: studentId });
    try {
      await commit(ctx.db, [
        expireBooking(ctx.db, id, now), ...letGo(ctx, booking, "expired"),
        ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId, what: "expired", byId: null, facts: { kind, startsAt, endsAt, timeZone }, at: now }]),
        record(ctx, null, { action: "booking.expired", subjectId: lessonId, childId: studentId, schoolId, details: { kind, startsAt } }),
        ...news.writes,
      ]);
      await ctx.jobs.ring(news.jobIds);
    } catch (error) {
      // Another run, an answer or a cancellation was first.
      if (!broke(error, "NOT NULL bookings.status", "NOT NULL lessons.revision")) throw error;
    }
  }
  return due.length;
}
