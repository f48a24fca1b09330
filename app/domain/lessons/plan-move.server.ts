import type { Write } from "#db/client.ts";
import { takeSlots, type Slot } from "#db/lesson-slots.ts";
import { insertBookings, insertLessonChanges } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notify } from "../notifications/notify.server.ts";
import { answerUntil } from "./booking-rules.ts";
import { factsOf, type PlannedChange } from "./plan-changes.server.ts";

/** Asks the guardians to move lessons: those stand where they are, and the place they would move to is held until the answer. */
export function planMove(ctx: AppContext, actor: Actor, moves: PlannedChange[], guardians: { userId: string; schedules: boolean }[], message: string | null = null): { writes: Write[]; slots: Slot[]; jobIds: string[] } {
  const now = ctx.clock.now();
  if (moves.length === 0) return { writes: [], slots: [], jobIds: [] };
  const slots = moves.map(({ after: { id, teacherId, studentId, startsAt, endsAt } }) => ({ lessonId: id, kind: "held" as const, teacherId, studentId, startsAt, endsAt }));
  const bookings = moves.map(({ before, after: { studentId, schoolId, localStart, localEnd, timeZone, startsAt, endsAt } }) => ({
    id: ctx.ids.make("bkg"), lessonId: before.id, studentId, schoolId, kind: "move" as const, requestedBy: actor.userId, message, localStart, localEnd, timeZone, startsAt, endsAt, status: "pending" as const,
    expiresAt: answerUntil(now, before.windowHours, before.startsAt, startsAt), createdAt: now,
  }));
  const changes = moves.map(({ before, after }) => ({ id: ctx.ids.make("lch"), lessonId: before.id, what: "move_asked" as const, byId: actor.userId, facts: factsOf({ before, after }), at: now }));
  const { before, after } = moves[0]!;
  const news = notify(ctx, guardians.filter(({ schedules }) => schedules).map(({ userId }) => userId), {
    type: "booking.asked", facts: { child: before.student, subject: before.subject, by: actor.name, startsAt: after.startsAt, move: 1, count: moves.length, expiresAt: bookings[0]!.expiresAt },
    path: `/schedule/${before.id}`, cause: `${bookings[0]!.id}.asked`, severity: "attention", childId: before.studentId,
  });
  return { writes: [...takeSlots(ctx.db, slots), ...insertBookings(ctx.db, bookings), ...insertLessonChanges(ctx.db, changes), ...news.writes], slots, jobIds: news.jobIds };
}
