import { decideBooking, lessonOfBooking, selectBooking, settleAsked, studentOfBooking, type BookingRow } from "#db/bookings.ts";
import type { Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectHome } from "#db/lesson-pairs.ts";
import { freeSlots } from "#db/lesson-slots.ts";
import { insertLessonChanges } from "#db/lesson-writes.ts";
import { selectLesson, type LessonFacts } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize } from "../policy.ts";
import { studentsOf } from "./book-lesson.server.ts";
import { bookingStatusAt } from "./booking-rules.ts";
import { commitLessons, type Claim } from "./commit-lessons.server.ts";
import { planSet } from "./plan-set.server.ts";
import { isEnrolled } from "./rules.ts";
import { timetableReader } from "./standing.server.ts";

export type { BookingRow };

type Answer = { outcome: "approved"; reason?: null } | { outcome: "denied"; reason: string | null };

/** A guardian with the right to schedule answers whether a lesson may be, or be moved. The first answer counts. Throws not_found, forbidden, conflict with who was first. */
export async function answerBooking(ctx: AppContext, actor: Actor, bookingId: string, { outcome, reason = null }: Answer): Promise<BookingRow> {
  const { booking, lesson, home } = await load(ctx, actor, bookingId);
  const now = ctx.clock.now();
  const does = outcome === "approved" ? agree(ctx, actor, booking, lesson) : decline(ctx, booking);
  const told = [lesson.teacherId, lesson.studentId, ...home.filter(({ schedules, views }) => schedules || views).map(({ userId }) => userId)].filter((userId) => userId !== actor.userId);
  const facts = { child: lesson.student, subject: lesson.subject, by: actor.name, startsAt: booking.startsAt, move: Number(booking.kind === "move") };
  const aside = { path: `/schedule/${lesson.id}`, cause: `${bookingId}.${outcome}`, severity: "attention", childId: lesson.studentId } as const;
  const news = outcome === "approved" ? notify(ctx, told, { type: "booking.approved", facts, ...aside }) : notify(ctx, told, { type: "booking.denied", facts: { ...facts, reason: reason ?? "" }, ...aside });
  try {
    await commitLessons(ctx, [
      decideBooking(ctx.db, bookingId, { status: outcome, by: actor.userId, reason, now }), ...does.writes,
      ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId: lesson.id, what: outcome, byId: actor.userId, facts: { kind: booking.kind, startsAt: booking.startsAt, endsAt: booking.endsAt, timeZone: booking.timeZone }, at: now }]),
      record(ctx, actor, { action: `booking.${outcome}`, subjectId: lesson.id, childId: lesson.studentId, schoolId: lesson.schoolId, details: { kind: booking.kind, startsAt: booking.startsAt } }),
      ...news.writes,
    ], { ...lesson, ...does.claim });
  } catch (error) {
    // Another answer, the end of the time or a cancellation was first: say which.
    if (!broke(error, "NOT NULL bookings.status")) throw error;
    await load(ctx, actor, bookingId);
    throw new DomainError("conflict", "lesson_changed_meanwhile");
  }
  await ctx.jobs.ring(news.jobIds);
  return { ...booking, status: outcome, reason, decidedBy: actor.userId, decider: actor.name, decidedAt: now };
}

/** A question that this actor can answer now. */
async function load(ctx: AppContext, actor: Actor, bookingId: string) {
  const now = ctx.clock.now();
  const [[booking], [lesson], home] = await ctx.db.batch([
    selectBooking(ctx.db, studentsOf(actor), bookingId), selectLesson(ctx.db, timetableReader(actor), lessonOfBooking(bookingId), now), selectHome(ctx.db, studentOfBooking(bookingId), now),
  ]);
  if (!booking) throw notFound();
  authorize(actor, "lesson:schedule", booking.studentId);
  if (!lesson) throw notFound();
  const state = bookingStatusAt(booking, now);
  if (state !== "pending") throw new DomainError("conflict", `booking_${state}`, { extra: { state, ...(booking.decidedBy ? { decidedBy: booking.decidedBy, decidedByName: booking.decider } : {}) } });
  return { booking, lesson, home };
}

type Does = { writes: Write[]; claim: Pick<Claim, "slots" | "using"> };

function agree(ctx: AppContext, actor: Actor, booking: BookingRow, lesson: LessonFacts): Does {
  if (!isEnrolled({ startsAt: lesson.enrolledFrom, endsAt: lesson.enrolledUntil }, booking.startsAt, ctx.clock.now())) throw new DomainError("conflict", "not_enrolled_then");
  if (booking.kind === "book") return { writes: [settleAsked(ctx.db, lesson.id, { status: "scheduled", approvedBy: actor.userId })], claim: { slots: [], using: [] } };
  const { localStart, localEnd, timeZone, startsAt, endsAt } = booking;
  const after = { ...lesson, localStart, localEnd, timeZone, startsAt, endsAt };
  const { writes, slots } = planSet(ctx, actor, [{ before: lesson, after }], actor.userId);
  return { writes, claim: { slots, using: lesson.usesHours ? [after] : [] } };
}

/** Time and hours are free again; a lesson that was to move stays where it is. */
const decline = (ctx: AppContext, booking: BookingRow): Does => ({ writes: letGo(ctx, booking, "denied"), claim: { slots: [], using: [] } });

export const letGo = (ctx: AppContext, { kind, lessonId }: Pick<BookingRow, "kind" | "lessonId">, status: "denied" | "expired"): Write[] =>
  kind === "move" ? [freeSlots(ctx.db, [lessonId], "held")] : [settleAsked(ctx.db, lessonId, { status, hours: "released", hoursAt: ctx.clock.now() }), freeSlots(ctx.db, [lessonId])];
