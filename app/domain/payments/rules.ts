import { DAY, HOUR, MINUTE } from "../clock.ts";
import type { ChargeState } from "./payment-provider.ts";

/** How long an approved purchase waits to be paid; then its budget is given back. */
export const TIME_TO_PAY = 7 * DAY;
/** A provider forgets an idempotency key after a day: from then on we ask what became of a charge instead of sending it again. */
export const KEY_LIFE = 20 * HOUR;

export type PaymentStatus = "pending" | "processing" | "succeeded" | "failed" | "refunded";

export type Standing = {
  status: PaymentStatus;
  amount: number;
  currency: string;
  intentRef: string | null;
  checkoutRef: string | null;
  checkoutAttempt: number;
};

/**
 * What a charge, as the provider tells it, means for our payment.
 * - `capture`: the money is ours. `return`: money came for a payment that is closed, and goes back. `review`: it is not our amount.
 * - `fail`, `ask_cardholder`, `wait`: only for the charge under way. A decline inside Checkout is not the end: another card may follow.
 */
type Consequence = "capture" | "fail" | "ask_cardholder" | "wait" | "return" | "review" | "nothing";

export function consequenceOf(payment: Standing, charge: ChargeState): Consequence {
  const open = payment.status === "pending" || payment.status === "processing";
  if (charge.status === "succeeded") {
    if (open) return charge.amount.amount === payment.amount && charge.amount.currency === payment.currency ? "capture" : "review";
    return payment.status !== "failed" && payment.intentRef === charge.intentRef ? "nothing" : "return";
  }
  const underWay = payment.checkoutRef === null && (payment.intentRef === charge.intentRef || (payment.intentRef === null && payment.checkoutAttempt === 0));
  if (!open || !underWay) return "nothing";
  return charge.status === "failed" ? "fail" : charge.status === "needs_cardholder" ? "ask_cardholder" : "wait";
}

/** When to ask the provider again: soon at first, then ever more rarely. */
export function nextCheck(createdAt: number, now: number): number {
  return now + Math.min(6 * HOUR, Math.max(1.5 * MINUTE, (now - createdAt) / 2));
}

/** Lesson time that goes back with a refund: in proportion, and with the last part all that is left. */
export function minutesToReturn(minutes: number | null, paid: number, refundedBefore: number, amount: number): number {
  if (minutes === null) return 0;
  const upTo = (refunded: number) => Number((BigInt(minutes) * BigInt(refunded)) / BigInt(paid));
  return upTo(refundedBefore + amount) - upTo(refundedBefore);
}

/** At or below this much lesson time an account counts as low. */
export const FEW_MINUTES = 120;
