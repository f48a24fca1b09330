import * as z from "zod";
import { LENGTHS } from "./free-times.ts";
import { LocalTime, TimeZone } from "./inputs.ts";

const words = (most: number) => z.string().trim().max(most, "too_long").transform((text) => text || null).nullable().default(null);

export const BookingInput = z.object({
  enrolmentId: z.string("enrolment_missing").max(60, "too_long"),
  localStart: LocalTime,
  timeZone: TimeZone.optional().meta({ description: "The school's where it is left out" }),
  minutes: z.coerce.number("minutes_missing").refine((minutes) => (LENGTHS as readonly number[]).includes(minutes), "length_not_offered").meta({ description: "30, 45, 60 or 90" }),
  message: words(300),
}).meta({ id: "NewBooking" });
export type BookingInput = z.infer<typeof BookingInput>;

/** Another time for a lesson that stands. */
export const MoveRequestInput = BookingInput.pick({ localStart: true, timeZone: true, message: true }).meta({ id: "MoveRequest" });
export type MoveRequestInput = z.infer<typeof MoveRequestInput>;

export const BookingDenial = z.object({ reason: words(300) }).meta({ id: "BookingDenial" });

/** What a guardian's form answers. */
export const BookingAnswerInput = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("approved"), bookingId: z.string().max(60) }), BookingDenial.extend({ outcome: z.literal("denied"), bookingId: z.string().max(60) }),
], "not_a_choice");

/** What the booking page is asked to do. */
export const BookingAct = z.discriminatedUnion("act", [BookingInput.extend({ act: z.literal("book") }), z.object({ act: z.literal("rules"), approvalNeeded: z.enum(["yes", "no"], "not_a_choice") })], "not_a_choice");

export const LessonRulesInput = z.object({ approvalNeeded: z.boolean() }).meta({ id: "LessonRules" });
