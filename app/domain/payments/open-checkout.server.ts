import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { changePaymentAt, findPayment, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { claimRepeat, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import { applyCharge } from "./apply-charge.server.ts";
import { customerOf, reaching } from "./customer.server.ts";
import { settleCheckout } from "./refresh-payment.server.ts";
import { nextCheck } from "./rules.ts";
import { paymentScope } from "./scope.server.ts";

/**
 * A guardian pays an open payment on the provider's page; answers where that is. Of two that are opened the later one counts, the
 * earlier is closed first; whoever loses a race, or comes while a charge is under way, gets payment_in_progress.
 */
export async function openCheckout(ctx: AppContext, actor: Actor, paymentId: string, repeat: Repeat | null = null): Promise<string> {
  const payment = await findPayment(ctx.db, paymentScope(actor), paymentId);
  if (!payment) throw notFound();
  authorize(actor, "purchase:pay", payment.studentId);
  if (payment.status === "processing") throw inProgress();
  if (payment.status !== "pending") throw new DomainError("conflict", "nothing_to_pay", { extra: { state: payment.status } });
  await reaching(closeWhatIsOpen(ctx, payment));
  const customerRef = await reaching(customerOf(ctx, actor));

  // An attempt of the same payer whose page never reached us is asked for again, under its own key.
  const again = payment.checkoutRef === null && payment.checkoutAttempt > 0 && payment.payerId === actor.userId;
  const attempt = again ? payment.checkoutAttempt : payment.checkoutAttempt + 1;
  const now = ctx.clock.now();
  const about = { subjectId: paymentId, childId: payment.studentId, familyId: payment.familyId, schoolId: payment.schoolId };
  await unlessOvertaken(commit(ctx.db, [
    changePaymentAt(ctx.db, payment, { checkoutAttempt: attempt, checkoutRef: null, checkoutUrl: null, intentRef: null, failureCode: null, payerId: actor.userId, updatedAt: now }),
    record(ctx, actor, { action: "payment.checkout_opened", ...about, details: { attempt } }),
    ...claimRepeat(ctx, actor.userId, repeat, paymentId),
  ]));

  const { amount, currency, planName, childName } = payment;
  const checkout = await reaching(ctx.payments.openCheckout({
    paymentId, attempt, amount: { amount, currency }, customerRef, description: `${planName}, ${childName}`, returnTo: `${ctx.settings.origin}/finance/pay/${paymentId}?returned=1`,
  }));
  await unlessOvertaken(commit(ctx.db, [
    changePaymentAt(ctx.db, { id: paymentId, revision: payment.revision + 1 }, { checkoutRef: checkout.checkoutRef, checkoutUrl: checkout.url, checkAt: nextCheck(now, now), updatedAt: now }),
  ]));
  if (!checkout.url) throw new DomainError("provider_unavailable");
  return checkout.url;
}

/** Voids the page or the charge that waits for its cardholder. If it turns out to be paid, that is applied and nothing new begins. */
async function closeWhatIsOpen(ctx: AppContext, payment: PaymentFor): Promise<void> {
  if (payment.checkoutRef) {
    const checkout = await ctx.payments.expireCheckout(payment.checkoutRef);
    if (checkout.status !== "complete") return;
    await settleCheckout(ctx, payment, checkout);
    throw inProgress();
  }
  if (payment.intentRef) {
    const charge = await ctx.payments.cancelCharge(payment.intentRef);
    if (charge.status !== "succeeded" && charge.status !== "pending") return;
    await applyCharge(ctx, payment.id, charge);
    throw inProgress();
  }
}

const inProgress = () => new DomainError("payment_in_progress");

async function unlessOvertaken(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (broke(error, "NOT NULL payments.revision")) throw inProgress();
    throw error;
  }
}
