import * as z from "zod";
import { KINDS } from "./rules.ts";

const line = (missing: string, most: number) => z.string(missing).trim().min(1, missing).max(most, "too_long");

export const GiveInput = z.object({
  kind: z.enum(KINDS, "not_a_choice"),
  title: line("achievement_title_missing", 120),
  description: z.string().trim().max(1_000, "too_long").default(""),
  criteria: line("achievement_criteria_missing", 1_000),
  /** The last day on which it holds. */
  lastDay: z.iso.date("wrong_form").optional(),
  /** Where the giver may give at several schools of the student. */
  schoolId: z.string().max(60, "too_long").optional(),
}).meta({ id: "GiveAchievement" });
export type GiveInput = z.infer<typeof GiveInput>;

export const RevokeInput = z.object({ reason: line("achievement_reason_missing", 500) }).meta({ id: "RevokeAchievement" });
