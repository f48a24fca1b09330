import * as z from "zod";
import { TOLD_KINDS } from "./rules.ts";

/** What a learner did away from here: for the streak, in their own words. */
export const TellActivityInput = z.object({
  kind: z.enum(TOLD_KINDS, "not_a_choice"),
  about: z.string("activity_about_missing").trim().min(1, "activity_about_missing").max(200, "too_long"),
  minutes: z.coerce.number("activity_minutes").int("activity_minutes").min(1, "activity_minutes").max(600, "activity_minutes"),
  /** The learner's day; today unless told. */
  onDate: z.iso.date("wrong_form").optional(),
}).meta({ id: "TellActivity" });
export type TellActivityInput = z.infer<typeof TellActivityInput>;
