import * as z from "zod";
import { MoneyInput } from "../money.ts";

const name = z.string("plan_name_missing").trim().min(1, "plan_name_missing").max(100, "too_long");
const description = z.string().trim().max(500, "too_long");
const price = MoneyInput.refine((money) => money.amount > 0, "price_positive");
/** Lesson time in the package; quarters of an hour, because lessons are measured in them. */
const hours = z.number().positive("hours_positive").max(1000, "hours_too_many").multipleOf(0.25, "hours_quarters");

export const PlanKind = z.enum(["hours", "subscription", "one_off"], "plan_kind_missing");

export const CreatePlanInput = z.object({ name, description: description.default(""), kind: PlanKind, price, hours: hours.optional() })
  .refine((plan) => plan.kind !== "hours" || plan.hours !== undefined, { path: ["hours"], message: "hours_missing" })
  .refine((plan) => plan.kind === "hours" || plan.hours === undefined, { path: ["hours"], message: "hours_not_here" })
  .meta({ id: "CreatePlan" });
export type CreatePlanInput = z.infer<typeof CreatePlanInput>;

/** The kind stays: what was sold as hours is not turned into a subscription. */
export const ChangePlanInput = z.object({ name, description, price, hours, active: z.boolean() }).partial().meta({ id: "ChangePlan" });
export type ChangePlanInput = z.infer<typeof ChangePlanInput>;
