import * as z from "zod";
import { MoneyInput } from "../money.ts";

export const StartPaymentInput = z.object({
  requestId: z.string().min(1).max(60),
  /** After a failure: by the saved card again, or by Checkout. */
  with: z.enum(["card", "checkout"]).default("checkout"),
  allowOverLimit: z.boolean().optional(),
});

export const RefundInput = z.object({
  amount: MoneyInput.optional(),
  reason: z.string().trim().min(1, "refund_reason_missing").max(500),
});
export type RefundInput = z.output<typeof RefundInput>;
