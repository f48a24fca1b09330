import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { answerUntil } from "#app/domain/lessons/booking-rules.ts";
import { localOf } from "#app/domain/lessons/local-time.ts";
import { questions } from "#db/demo/lessons.ts";
import type { bookings } from "#db/schema/lessons.ts";
import { schoolDayFrom, ZONE, type Days } from "./days.ts";
import { meetingOf, NOT_CANCELLED, type LessonPlan } from "./lesson-plan.ts";
import { id, type Ids } from "./load-schools.ts";

/** A lesson that a child asks for, and one that its teacher asks to move: both wait for a guardian. */
export function planQuestions(ids: Ids, days: Days, plan: LessonPlan): (typeof bookings.$inferInsert)[] {
  const { book, move } = questions;
  const askedAt = days.now - 20 * HOUR;
  const asked = planBooked(ids, days, book, { at: askedAt, by: id(ids, book.child), status: "asked" }, plan);
  const agreed = planBooked(ids, days, move, { at: askedAt - 24 * HOUR, by: id(ids, "guardian"), status: "scheduled" }, plan);
  const moved = timesFrom(days, move.days, move.to, move.minutes);
  const { teacherId } = agreed;
  plan.slots.push({ lessonId: agreed.lessonId, kind: "held", teacherId, studentId: agreed.studentId, startsAt: moved.startsAt, endsAt: moved.endsAt });
  plan.changes.push({ id: days.make("lch", askedAt), lessonId: agreed.lessonId, what: "move_asked", byId: teacherId, facts: { from: agreed.startsAt, fromEnd: agreed.endsAt, fromZone: ZONE, startsAt: moved.startsAt, endsAt: moved.endsAt, timeZone: ZONE }, at: askedAt });
  const question = ({ lessonId, studentId, schoolId, localStart, localEnd, startsAt, endsAt }: Booked) => (
    { id: days.make("bkg", askedAt), lessonId, studentId, schoolId, localStart, localEnd, timeZone: ZONE, startsAt, endsAt, status: "pending" as const, expiresAt: answerUntil(askedAt, null, startsAt), createdAt: askedAt });
  return [
    { ...question(asked), kind: "book", requestedBy: asked.studentId, message: book.message },
    { ...question({ ...agreed, ...moved }), expiresAt: answerUntil(askedAt, null, agreed.startsAt), kind: "move", requestedBy: teacherId, message: null },
  ];
}

type Booked = ReturnType<typeof planBooked>;

function planBooked(ids: Ids, days: Days, wish: { child: string; subject: string; days: number; at: string; minutes: number }, how: { at: number; by: string; status: "asked" | "scheduled" }, plan: LessonPlan) {
  const [meeting, times] = [meetingOf(ids, wish.child, wish.subject, true), timesFrom(days, wish.days, wish.at, wish.minutes)];
  const lessonId = days.make("les", how.at);
  plan.lessons.push({ ...NOT_CANCELLED, id: lessonId, ...meeting, createdBy: how.by, createdAt: how.at, ...times, status: how.status, approvedBy: how.status === "asked" ? null : how.by });
  plan.slots.push({ lessonId, kind: "stands", teacherId: meeting.teacherId, studentId: meeting.studentId, startsAt: times.startsAt, endsAt: times.endsAt });
  plan.changes.push({ id: days.make("lch", how.at), lessonId, what: how.status === "asked" ? "booked" : "created", byId: how.by, facts: { startsAt: times.startsAt, endsAt: times.endsAt, timeZone: ZONE }, at: how.at });
  return { lessonId, ...meeting, ...times };
}

function timesFrom(days: Days, day: number, time: string, minutes: number) {
  const startsAt = days.at(schoolDayFrom(days, day), time);
  const endsAt = startsAt + minutes * MINUTE;
  return { startsAt, endsAt, localStart: localOf(startsAt, ZONE), localEnd: localOf(endsAt, ZONE) };
}
