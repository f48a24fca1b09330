import * as z from "zod";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { confirmAttendance, disputeAttendance, resolveDispute } from "#app/domain/lessons/answer-attendance.server.ts";
import { AttendanceInput, DisputeInput, MakeUpInput, ResolutionInput } from "#app/domain/lessons/attendance-inputs.ts";
import { getAttendancePage } from "#app/domain/lessons/attendance-page.server.ts";
import { ATTENDANCE } from "#app/domain/lessons/attendance-rules.ts";
import { giveMakeUp } from "#app/domain/lessons/make-up.server.ts";
import { takeAttendance } from "#app/domain/lessons/take-attendance.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const AttendanceView = z.object({
  lessonId: z.string(), status: z.enum(ATTENDANCE).nullable().meta({ description: "Null: nothing is written yet" }), minutesLate: z.int().nullable(), note: z.string().nullable(), takenBy: z.string().nullable(), takenAt: Instant.nullable(),
  confirmUntil: Instant.nullable(), answer: z.enum(["confirmed", "disputed"]).nullable(), answeredBy: z.string().nullable(), dispute: z.string().nullable(), resolution: z.enum(["stands", "corrected"]).nullable(), settledAt: Instant.nullable(),
  hours: z.enum(["consumed", "released"]).nullable().meta({ description: "Null: held still, or none are used" }), madeUpAt: Instant.nullable(),
}).meta({ id: "LessonAttendance" });

async function answer(ctx: AppContext, actor: Actor, lessonId: string) {
  const { lesson, outcome, madeUpAt } = await getAttendancePage(ctx, actor, lessonId);
  const body: z.infer<typeof AttendanceView> = {
    lessonId, status: outcome?.status ?? null, minutesLate: outcome?.minutesLate ?? null, note: outcome?.note ?? null, takenBy: outcome?.takenBy ?? null, takenAt: outcome && isoTime(outcome.takenAt),
    confirmUntil: outcome && isoTime(outcome.confirmUntil), answer: outcome?.answer ?? null, answeredBy: outcome?.answeredBy ?? null, dispute: outcome?.dispute ?? null, resolution: outcome?.resolution ?? null, settledAt: isoTimeOrNull(outcome?.settledAt ?? null),
    hours: lesson.hours, madeUpAt: isoTimeOrNull(madeUpAt),
  };
  return { status: 200 as const, body };
}

const door = { tag: "Lessons", actor: "required", policy: "own", params: z.object({ lessonId: z.string() }), answers: { 200: AttendanceView } } as const;

export const lessonAttendance = [
  endpoint({ ...door, method: "get", path: "/lessons/{lessonId}/attendance", summary: "What was written about a lesson, and what became of it", handle: ({ ctx, actor, params }) => answer(ctx, actor, params.lessonId) }),
  endpoint({
    ...door, method: "post", path: "/lessons/{lessonId}/attendance", summary: "Write who was there, from the start of the lesson on", body: AttendanceInput, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await takeAttendance(ctx, actor, params.lessonId, body);
      return answer(ctx, actor, params.lessonId);
    },
  }),
  endpoint({
    ...door, method: "post", path: "/lessons/{lessonId}/confirmation", summary: "A guardian confirms what is written", refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await confirmAttendance(ctx, actor, params.lessonId);
      return answer(ctx, actor, params.lessonId);
    },
  }),
  endpoint({
    ...door, method: "post", path: "/lessons/{lessonId}/dispute", summary: "A guardian says that it was otherwise", body: DisputeInput, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await disputeAttendance(ctx, actor, params.lessonId, body.reason);
      return answer(ctx, actor, params.lessonId);
    },
  }),
  endpoint({
    ...door, method: "post", path: "/lessons/{lessonId}/resolution", summary: "The administration decides what stands", body: ResolutionInput, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await resolveDispute(ctx, actor, params.lessonId, body);
      return answer(ctx, actor, params.lessonId);
    },
  }),
  endpoint({
    ...door, method: "post", path: "/lessons/{lessonId}/make-up", summary: "Give back the hours that a lesson used up, once", body: MakeUpInput, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await giveMakeUp(ctx, actor, params.lessonId, body.reason);
      return answer(ctx, actor, params.lessonId);
    },
  }),
];
