import { ofEnrolment, selectAbsencesFor, selectBookingRules, selectWindows } from "#db/bookings.ts";
import { selectHome, selectPairsOf, studentOfEnrolment } from "#db/lesson-pairs.ts";
import { insertBookings } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DAY } from "../clock.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize } from "../policy.ts";
import type { BookingInput } from "./booking-inputs.ts";
import { answerUntil, askedOf } from "./booking-rules.ts";
import { commitLessons } from "./commit-lessons.server.ts";
import { isOffered, openSpans } from "./free-times.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { planLessons } from "./plan-lessons.server.ts";
import { momentOf } from "./times.ts";

/** Oneself as a student, and one's children. */
export const studentsOf = (actor: Actor): string[] => [...(actor.kind === "child" ? [actor.userId] : []), ...actor.wards.map(({ childId }) => childId)];

/**
 * A student, or a guardian with the right to schedule, takes a time that the teacher offers. The student's waits for a guardian where the
 * family's rule says so; until the answer its time and hours are held. Answers the lesson's id.
 */
export function bookLesson(ctx: AppContext, actor: Actor, { enrolmentId, minutes, message, ...when }: BookingInput, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    const now = ctx.clock.now();
    const [[pair], [rules], home, windows, absences] = await ctx.db.batch([
      selectPairsOf(ctx.db, actor.userId, studentsOf(actor), { enrolmentId }, now), selectBookingRules(ctx.db, ofEnrolment(enrolmentId, "student_id")), selectHome(ctx.db, studentOfEnrolment(enrolmentId), now),
      selectWindows(ctx.db, enrolmentId), selectAbsencesFor(ctx.db, enrolmentId, new Date(now - 2 * DAY).toISOString().slice(0, 10)),
    ]);
    if (!pair) throw notFound();
    authorize(actor, "lesson:ask", pair.studentId);
    const moment = momentOf({ ...when, minutes }, { timeZone: pair.timeZone }, now);
    if (!isOffered(moment, openSpans(windows, absences, moment))) throw invalid("localStart", "time_not_offered");
    const byGuardian = actor.userId !== pair.studentId;
    const asked = byGuardian ? [] : askedOf(rules!.approvalNeeded, home);
    if (asked === "nobody") throw new DomainError("conflict", "nobody_may_agree");

    const waits = asked.length > 0;
    const { ids: [id], writes, slots, using } = planLessons(ctx, actor, pair, { topic: null, place: null, link: null, usesHours: true }, [{ ...moment, ...(byGuardian ? { approvedBy: actor.userId } : {}) }], waits ? "asked" : "scheduled");
    const bookingId = ctx.ids.make("bkg");
    const expiresAt = answerUntil(now, rules!.windowHours, moment.startsAt);
    const told = { child: pair.student, subject: pair.subject, by: actor.name, startsAt: moment.startsAt };
    const news = waits
      ? notify(ctx, asked, { type: "booking.asked", facts: { ...told, move: 0, count: 1, expiresAt }, path: `/schedule/${id}`, cause: `${bookingId}.asked`, severity: "attention", childId: pair.studentId })
      : lessonNews(ctx, actor, { ...pair, id: id!, startsAt: moment.startsAt }, home.filter(({ schedules, views }) => schedules || views), "lesson.set", { count: 1 });
    await commitLessons(ctx, [
      ...claimRepeat(ctx, actor.userId, repeat, id!), ...writes,
      ...(waits ? insertBookings(ctx.db, [{ id: bookingId, lessonId: id!, studentId: pair.studentId, schoolId: pair.schoolId, kind: "book", requestedBy: actor.userId, message, ...moment, status: "pending", expiresAt, createdAt: now }]) : []),
      record(ctx, actor, { action: waits ? "lesson.asked" : "lesson.set", subjectId: id!, childId: pair.studentId, schoolId: pair.schoolId, details: { startsAt: moment.startsAt, endsAt: moment.endsAt, timeZone: moment.timeZone, usesHours: true } }),
      ...news.writes,
    ], { ...pair, ...moment, slots, using });
    await ctx.jobs.ring(news.jobIds);
    return id!;
  });
}
