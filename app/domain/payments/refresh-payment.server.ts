import { commit } from "#db/client.ts";
import { changePaymentAt, getPayment, postponeCheck, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import { wasFirst } from "../races.server.ts";
import { applyCharge } from "./apply-charge.server.ts";
import type { CheckoutState } from "./payment-provider.ts";
import { nextCheck, TIME_TO_PAY } from "./rules.ts";
import { startCharge } from "./start-charge.server.ts";

/** Asks the provider how an open payment stands and applies the answer. Gives a payment up that nobody paid in time. */
export async function refreshPayment(ctx: AppContext, paymentId: string): Promise<void> {
  const payment = await getPayment(ctx.db, paymentId);
  if (!payment) return;
  const now = ctx.clock.now();
  if (payment.status !== "pending" && payment.status !== "processing") return void (await postponeCheck(ctx.db, paymentId, null));
  await postponeCheck(ctx.db, paymentId, nextCheck(payment.createdAt, now));

  if (payment.status === "pending" && now >= payment.createdAt + TIME_TO_PAY) return giveUp(ctx, payment);
  if (payment.checkoutRef) return settleCheckout(ctx, payment, await ctx.payments.fetchCheckout(payment.checkoutRef));
  if (payment.intentRef) return applyCharge(ctx, paymentId, await ctx.payments.fetchCharge(payment.intentRef));
  return startCharge(ctx, paymentId);
}

/** What a Checkout tells about its payment. While it is open, a declined card is not the end; once it is over, the charge decides. */
export async function settleCheckout(ctx: AppContext, payment: PaymentFor, checkout: CheckoutState): Promise<void> {
  const { charge } = checkout;
  const current = payment.checkoutRef === checkout.checkoutRef;
  if (charge?.status === "succeeded" || (charge && !current)) return applyCharge(ctx, payment.id, charge);
  if (!current || checkout.status === "open") return;
  const paying = checkout.status === "complete" ? charge : null;
  const over = paying
    ? { status: "processing" as const, intentRef: paying.intentRef }
    // It ran out unpaid: the guardian may open another, under another number.
    : { checkoutAttempt: payment.checkoutAttempt + 1 };
  const noted = commit(ctx.db, [changePaymentAt(ctx.db, payment, { ...over, checkoutRef: null, checkoutUrl: null, updatedAt: ctx.clock.now() })]);
  if ((await wasFirst(noted, "NOT NULL payments.revision")) && paying) await applyCharge(ctx, payment.id, paying);
}

/** First what is open at the provider is closed, so that nobody can pay for what was given up. */
async function giveUp(ctx: AppContext, payment: PaymentFor): Promise<void> {
  if (payment.checkoutRef) {
    await settleCheckout(ctx, payment, await ctx.payments.expireCheckout(payment.checkoutRef));
  } else if (payment.intentRef) {
    const charge = await ctx.payments.cancelCharge(payment.intentRef);
    if (charge.status === "succeeded") return applyCharge(ctx, payment.id, charge);
  }
  const now = await getPayment(ctx.db, payment.id);
  if (now?.status !== "pending" || now.checkoutRef) return;
  await applyCharge(ctx, payment.id, { intentRef: now.intentRef, status: "failed", amount: { amount: now.amount, currency: now.currency }, paymentId: payment.id, failureCode: "not_paid_in_time" });
}
