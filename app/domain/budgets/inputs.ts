import * as z from "zod";
import { MoneyInput } from "../money.ts";

const limit = MoneyInput.nullable();

const fields = {
  weeklyLimit: limit,
  monthlyLimit: limit,
  /** Null is 0: nothing is approved without being asked. */
  autoApproveUpTo: limit,
  approvalThreshold: limit,
  rollover: z.enum(["none", "unspent", "unspent_and_overspent"], "rollover_unknown"),
};

const belowThreshold = (control: { autoApproveUpTo?: { amount: number } | null; approvalThreshold?: { amount: number } | null }) =>
  !control.autoApproveUpTo || !control.approvalThreshold || control.autoApproveUpTo.amount <= control.approvalThreshold.amount;
const A_ABOVE_T = { path: ["autoApproveUpTo"], message: "auto_above_threshold" };

export const SetBudgetControlInput = z.object({
  childId: z.string("child_missing").min(1, "child_missing"),
  weeklyLimit: fields.weeklyLimit.default(null),
  monthlyLimit: fields.monthlyLimit.default(null),
  autoApproveUpTo: fields.autoApproveUpTo.default(null),
  approvalThreshold: fields.approvalThreshold.default(null),
  rollover: fields.rollover.default("none"),
}).refine(belowThreshold, A_ABOVE_T).meta({ id: "SetBudgetControl" });
export type SetBudgetControlInput = z.infer<typeof SetBudgetControlInput>;

export const ChangeBudgetControlInput = z.object({ ...fields, active: z.boolean() }).partial().refine(belowThreshold, A_ABOVE_T).meta({ id: "ChangeBudgetControl" });
export type ChangeBudgetControlInput = z.infer<typeof ChangeBudgetControlInput>;

export const PreviewInput = z.object({ amount: MoneyInput.refine((money) => money.amount > 0, "amount_zero") }).meta({ id: "BudgetPreviewRequest" });
