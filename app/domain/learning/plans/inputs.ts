import * as z from "zod";
import { Title } from "../assignments/inputs.ts";

const id = z.string("missing").max(60, "too_long");
const StepInput = z.object({
  text: z.string("step_missing").trim().min(1, "step_missing").max(300, "too_long"), dueOn: z.iso.date("date_missing").nullable().default(null), materialId: id.nullable().default(null), assignmentId: id.nullable().default(null),
});
export const MOST_STEPS = 8;
export const PlanInput = z.object({
  studentId: id, title: Title, startsOn: z.iso.date("date_missing"), endsOn: z.iso.date("date_missing"), steps: z.array(StepInput).min(1, "steps_missing").max(30, "too_long"),
}).meta({ id: "NewStudyPlan" });
export type PlanInput = z.infer<typeof PlanInput>;
export const TickInput = z.object({ done: z.boolean() }).meta({ id: "TickStep" });

/** The plan as a form has it: rows of a step, and what it leads to as `material:mat_…` or `assignment:asg_…`. Rows left empty are none. */
export function typedPlan(typed: Record<string, string>) {
  const steps = Array.from({ length: MOST_STEPS }, (_, at) => {
    const [kind, linked] = (typed[`steps.${at}.link`] ?? "").split(":");
    return { text: typed[`steps.${at}.text`], dueOn: typed[`steps.${at}.dueOn`] ?? null, materialId: kind === "material" ? linked : null, assignmentId: kind === "assignment" ? linked : null };
  });
  const { studentId, title, startsOn, endsOn } = typed;
  return { studentId, title, startsOn, endsOn, steps: steps.filter(({ text, dueOn, materialId, assignmentId }) => text ?? dueOn ?? materialId ?? assignmentId) };
}

const position = z.coerce.number("invalid").int("invalid").min(1, "invalid").max(50, "invalid");
/** What the page of a plan can be asked to do. */
export const PlanAct = z.discriminatedUnion("act", [z.object({ act: z.literal("tick"), position }), z.object({ act: z.literal("untick"), position }), z.object({ act: z.literal("cancel") })]);
