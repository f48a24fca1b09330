import * as z from "zod";
import type { BookingRow } from "#db/bookings.ts";
import { listWaitingBookings } from "#app/domain/lessons/approvals-page.server.ts";
import { answerBooking } from "#app/domain/lessons/answer-booking.server.ts";
import { bookLesson } from "#app/domain/lessons/book-lesson.server.ts";
import { BookingDenial, BookingInput, LessonRulesInput } from "#app/domain/lessons/booking-inputs.ts";
import { getLessonRules, setLessonRules } from "#app/domain/lessons/lesson-rules.server.ts";
import { getLesson } from "#app/domain/lessons/list-lessons.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const BookingView = z.object({
  id: z.string(), lessonId: z.string(), studentId: z.string(), kind: z.enum(["book", "move"]), status: z.enum(["pending", "approved", "denied", "expired", "cancelled"]), requestedBy: z.string(), message: z.string().nullable(),
  timeZone: z.string(), localStart: z.string(), localEnd: z.string(), startsAt: Instant, endsAt: Instant, expiresAt: Instant, decidedBy: z.string().nullable(), reason: z.string().nullable(),
}).meta({ id: "Booking" });
const view = (row: BookingRow): z.infer<typeof BookingView> => ({
  id: row.id, lessonId: row.lessonId, studentId: row.studentId, kind: row.kind, status: row.status, requestedBy: row.requestedBy, message: row.message,
  timeZone: row.timeZone, localStart: row.localStart, localEnd: row.localEnd, startsAt: isoTime(row.startsAt, row.timeZone), endsAt: isoTime(row.endsAt, row.timeZone), expiresAt: isoTime(row.expiresAt), decidedBy: row.decidedBy, reason: row.reason,
});
const Booked = z.object({ lessonId: z.string(), status: z.enum(["asked", "scheduled", "denied", "expired", "cancelled"]).meta({ description: "`asked`: waits for a guardian" }), localStart: z.string(), localEnd: z.string(), timeZone: z.string(), startsAt: Instant, endsAt: Instant }).meta({ id: "BookedLesson" });

const tag = "Bookings";
const BookingId = z.object({ bookingId: z.string() });
const ChildId = z.object({ childId: z.string() });

export const bookings = [
  endpoint({
    method: "post", path: "/bookings", tag, summary: "Book a time that the teacher offers; a student's booking waits for a guardian where the family says so", actor: "required", policy: "own", body: BookingInput, answers: { 201: Booked }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => {
      const lesson = await getLesson(ctx, actor, await bookLesson(ctx, actor, body, await repeatOf(idempotencyKey, ["booking", body])));
      const { id, status, localStart, localEnd, timeZone, startsAt, endsAt } = lesson;
      return { status: 201, body: { lessonId: id, status, localStart, localEnd, timeZone, startsAt: isoTime(startsAt, timeZone), endsAt: isoTime(endsAt, timeZone) } };
    },
  }),
  endpoint({
    method: "get", path: "/bookings", tag, summary: "Questions about lessons that wait for the caller's answer", actor: "required", policy: "own", query: Paging, answers: { 200: pageOf(BookingView) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listWaitingBookings(ctx, actor, query);
      return { status: 200, body: { items: items.map(view), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/bookings/{bookingId}/approval", tag, summary: "Agree to a lesson, or to its move", actor: "required", policy: "lesson:schedule", params: BookingId, answers: { 200: BookingView }, refusals: [409],
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await answerBooking(ctx, actor, params.bookingId, { outcome: "approved" })) }),
  }),
  endpoint({
    method: "post", path: "/bookings/{bookingId}/denial", tag, summary: "Say no to a lesson, or to its move", actor: "required", policy: "lesson:schedule", params: BookingId, body: BookingDenial, answers: { 200: BookingView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: view(await answerBooking(ctx, actor, params.bookingId, { outcome: "denied", reason: body.reason })) }),
  }),
  endpoint({
    method: "get", path: "/children/{childId}/lesson-rules", tag, summary: "Whether a lesson that the child books waits for a guardian", actor: "required", policy: "lesson:view", params: ChildId, answers: { 200: LessonRulesInput },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: await getLessonRules(ctx, actor, params.childId) }),
  }),
  endpoint({
    method: "put", path: "/children/{childId}/lesson-rules", tag, summary: "Set it", actor: "required", policy: "lesson:schedule", params: ChildId, body: LessonRulesInput, answers: { 200: LessonRulesInput },
    handle: async ({ ctx, actor, params, body }) => {
      await setLessonRules(ctx, actor, params.childId, body);
      return { status: 200, body };
    },
  }),
];
