import * as z from "zod";
import { AREAS, STATUSES } from "./rules.ts";

const fields = {
  area: z.enum(AREAS, "not_a_choice"),
  title: z.string("goal_title_missing").trim().min(1, "goal_title_missing").max(120, "too_long"),
  why: z.string().trim().max(500, "too_long"),
  /** The day by which. */
  targetOn: z.iso.date("wrong_form").nullable(),
};

export const CreateGoalInput = z.object({ ...fields, why: fields.why.default(""), targetOn: fields.targetOn.default(null) }).meta({ id: "CreateGoal" });
export type CreateGoalInput = z.infer<typeof CreateGoalInput>;

export const ChangeGoalInput = z.object({ ...fields, status: z.enum(STATUSES, "not_a_choice") }).partial().meta({ id: "ChangeGoal" });
export type ChangeGoalInput = z.infer<typeof ChangeGoalInput>;

export const StepInput = z.object({
  percent: z.coerce.number("goal_percent").int("goal_percent").min(0, "goal_percent").max(100, "goal_percent"),
  note: z.string().trim().max(500, "too_long").transform((note) => note || null).nullable().default(null),
}).meta({ id: "GoalStep" });
export type StepInput = z.infer<typeof StepInput>;

export const AnswerInput = z.object({ key: z.string("missing").max(100, "too_long"), answer: z.enum(["accept", "dismiss"], "not_a_choice") }).meta({ id: "AnswerSuggestion" });
export type AnswerInput = z.infer<typeof AnswerInput>;
