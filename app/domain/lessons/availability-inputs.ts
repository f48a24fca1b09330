import * as z from "zod";
import { isTimeZone } from "../clock.ts";
import { TimeZone } from "./inputs.ts";

const Time = z.string("time_missing").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time_missing").meta({ example: "16:00" });
const Day = z.iso.date("date_missing");

const WindowInput = z.object({
  weekday: z.coerce.number("not_a_choice").int("not_a_choice").min(1, "not_a_choice").max(7, "not_a_choice").meta({ description: "1 = Monday … 7 = Sunday" }), localStart: Time, localEnd: Time.meta({ description: "00:00: midnight after" }),
  timeZone: TimeZone.refine(isTimeZone, "time_zone_unknown").optional().meta({ description: "The caller's where it is left out" }),
}).refine(({ localStart, localEnd }) => localEnd === "00:00" || localStart < localEnd, { path: ["localEnd"], message: "window_ends_before_start" });
const AbsenceInput = z.object({ startsOn: Day, endsOn: Day.meta({ description: "Exclusive" }) }).refine(({ startsOn, endsOn }) => startsOn < endsOn, { path: ["endsOn"], message: "absence_ends_before_start" });
type WindowInput = z.infer<typeof WindowInput>;
type AbsenceInput = z.infer<typeof AbsenceInput>;

export const AvailabilityInput = z.object({ schoolId: z.string("missing").max(60), windows: z.array(WindowInput).max(50, "too_many_windows"), absences: z.array(AbsenceInput).max(50, "too_many_windows") }).meta({ id: "Availability" });
export type AvailabilityInput = z.infer<typeof AvailabilityInput>;

/** What a row is taken out by: sent twice, it takes out nothing else. */
export const keyOf = (row: WindowInput | AbsenceInput) => Object.values(row).join(" ");
const Key = z.string("not_a_choice").max(120, "not_a_choice");
/** What the page about it is asked to do, one thing at a time. An absence's last day is typed inclusive, as people say it. */
export const AvailabilityAct = z.discriminatedUnion("act", [
  z.object({ act: z.literal("add-window"), ...WindowInput.shape }), z.object({ act: z.literal("remove-window"), key: Key }),
  z.object({ act: z.literal("add-absence"), startsOn: Day, lastDay: Day }), z.object({ act: z.literal("remove-absence"), key: Key }),
], "not_a_choice");
export type AvailabilityAct = z.infer<typeof AvailabilityAct>;
