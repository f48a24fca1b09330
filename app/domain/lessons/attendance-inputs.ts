import * as z from "zod";
import { ATTENDANCE } from "./attendance-rules.ts";

const words = (most: number) => z.string().trim().max(most, "too_long").transform((text) => text || null).nullable().default(null);
const told = (most: number) => z.string("reason_missing").trim().min(1, "reason_missing").max(most, "too_long");

export const AttendanceInput = z.object({
  status: z.enum(ATTENDANCE, "attendance_status_missing"),
  minutesLate: z.coerce.number("minutes_late_range").int("minutes_late_range").min(1, "minutes_late_range").max(480, "minutes_late_range").optional(),
  note: words(2_000).meta({ description: "On the lesson; the family reads it" }),
}).meta({ id: "LessonAttendanceTaken" });
export type AttendanceInput = z.infer<typeof AttendanceInput>;

export const DisputeInput = z.object({ reason: told(500) }).meta({ id: "LessonDispute" });
export const ResolutionInput = z.object({
  resolution: z.enum(["stands", "corrected"], "not_a_choice"), status: z.enum(ATTENDANCE, "not_a_choice").optional().meta({ description: "Of a correction: what attendance was" }),
}).meta({ id: "DisputeResolution" });
export type ResolutionInput = z.infer<typeof ResolutionInput>;
export const MakeUpInput = z.object({ reason: told(300) }).meta({ id: "MakeUp" });

/** What the lesson's attendance page is asked to do. */
export const AttendanceAct = z.discriminatedUnion("act", [
  AttendanceInput.extend({ act: z.literal("take") }), z.object({ act: z.literal("confirm") }), DisputeInput.extend({ act: z.literal("dispute") }),
  ResolutionInput.extend({ act: z.literal("resolve") }), MakeUpInput.extend({ act: z.literal("make-up") }),
], "not_a_choice");
