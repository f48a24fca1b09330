import * as z from "zod";
import { getMovePage } from "#app/domain/lessons/ask-to-move.server.ts";
import { AvailabilityInput } from "#app/domain/lessons/availability-inputs.ts";
import { getAvailability, setAvailability } from "#app/domain/lessons/availability.server.ts";
import { listFreeTimes } from "#app/domain/lessons/booking-page.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const tag = "Lessons";
const FreeTime = z.object({ startsAt: Instant, localStart: z.string().meta({ description: "As a booking takes it" }) });
const view = ({ startsAt, typed }: { startsAt: number; typed: string }): z.infer<typeof FreeTime> => ({ startsAt: isoTime(startsAt), localStart: typed });

export const availability = [
  endpoint({
    method: "get", path: "/availability", tag, summary: "When a teacher can be booked at a school: the caller's own", actor: "required", policy: "own", query: z.object({ schoolId: z.string().max(60) }), answers: { 200: AvailabilityInput },
    handle: async ({ ctx, actor, query }) => ({ status: 200, body: await getAvailability(ctx, actor, query.schoolId) }),
  }),
  endpoint({
    method: "put", path: "/availability", tag, summary: "Say it anew: weekly windows, and days away", actor: "required", policy: "own", body: AvailabilityInput, answers: { 200: AvailabilityInput },
    handle: async ({ ctx, actor, body }) => {
      await setAvailability(ctx, actor, body);
      return { status: 200, body: await getAvailability(ctx, actor, body.schoolId) };
    },
  }),
  endpoint({
    method: "get", path: "/enrolments/{enrolmentId}/free-times", tag, summary: "When a lesson of that length can be booked, in the next 14 days", actor: "required", policy: "lesson:ask", params: z.object({ enrolmentId: z.string() }), query: z.object({ minutes: z.coerce.number().default(60) }),
    answers: { 200: z.object({ minutes: z.int(), minutesFree: z.int(), times: z.array(FreeTime) }).meta({ id: "FreeTimes" }) },
    handle: async ({ ctx, actor, params, query }) => {
      const { minutes, minutesFree, times } = await listFreeTimes(ctx, actor, params.enrolmentId, query.minutes);
      return { status: 200, body: { minutes, minutesFree, times: times.map(view) } };
    },
  }),
  endpoint({
    method: "get", path: "/lessons/{lessonId}/free-times", tag, summary: "To when a lesson could move, in the next 14 days: what the teacher offers", actor: "required", policy: "own", params: z.object({ lessonId: z.string() }), answers: { 200: z.object({ times: z.array(FreeTime) }).meta({ id: "FreeTimesToMove" }) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { times: (await getMovePage(ctx, actor, params.lessonId)).times.map(view) } }),
  }),
];
