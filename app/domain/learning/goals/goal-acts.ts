import * as z from "zod";
import { AnswerInput, ChangeGoalInput, CreateGoalInput, StepInput } from "./inputs.ts";

const goalId = z.string("missing").max(60, "too_long");

/** What the forms of /children/{id}/goals ask for. */
export const GoalAct = z.discriminatedUnion("act", [
  CreateGoalInput.extend({ act: z.literal("create") }),
  ChangeGoalInput.extend({ act: z.literal("change"), goalId }),
  ChangeGoalInput.pick({ status: true }).required().extend({ act: z.literal("turn"), goalId }),
  StepInput.extend({ act: z.literal("step"), goalId }),
  z.object({ act: z.literal("remove"), goalId }),
  AnswerInput.omit({ answer: true }).extend({ act: z.literal("accept") }),
  AnswerInput.omit({ answer: true }).extend({ act: z.literal("dismiss") }),
]);

/** A reason and a day that were cleared are none. Each turn is a button of its own: `turn:paused`. */
export function goalActFrom(typed: Record<string, string>): unknown {
  const [act, status] = (typed.act ?? "").split(":");
  if (act === "turn") return { ...typed, act, status };
  return act === "change" ? { ...typed, why: typed.why ?? "", targetOn: typed.targetOn ?? null } : typed;
}
