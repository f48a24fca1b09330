import { commit, type Write } from "#db/client.ts";
import { changePaymentAt, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { claimRepeat, type Repeat } from "../idempotency.server.ts";
import { overtaken } from "../races.server.ts";
import { applyCharge } from "./apply-charge.server.ts";
import { customerOf, reaching } from "./customer.server.ts";
import { settleCheckout } from "./refresh-payment.server.ts";
import { nextCheck } from "./rules.ts";

/**
 * A guardian pays an open payment on the provider's page; answers where that is. Of two that are opened the later one counts, the
 * earlier is closed first; whoever loses a race, or comes while a charge is under way, gets payment_in_progress.
 */
export async function openCheckout(ctx: AppContext, actor: Actor, payment: PaymentFor, known: { customerRef: string } | undefined, repeat: Repeat | null): Promise<string> {
  if (payment.status === "processing") throw inProgress();
  if (payment.status !== "pending") throw new DomainError("conflict", "nothing_to_pay", { extra: { state: payment.status } });
  await reaching(closeWhatIsOpen(ctx, payment));
  const { customerRef, writes } = await reaching(customerOf(ctx, actor, known));
  // An attempt of the same payer whose page never reached us is asked for again, under its own key.
  const again = payment.checkoutRef === null && payment.checkoutAttempt > 0 && payment.payerId === actor.userId;
  const attempt = again ? payment.checkoutAttempt : payment.checkoutAttempt + 1;
  await unlessOvertaken(commit(ctx.db, [...writes, ...claimCheckout(ctx, actor, payment, attempt), ...claimRepeat(ctx, actor.userId, repeat, payment.id)]));
  return sendToCheckout(ctx, payment, attempt, customerRef);
}

/** The rows by which this attempt is the one that counts, for a payment as it was read. Written before the provider hears of it: what it knows we must find again. */
export function claimCheckout(ctx: AppContext, actor: Actor, payment: PaymentFor, attempt: number): Write[] {
  const { id, studentId, familyId, schoolId } = payment;
  return [
    changePaymentAt(ctx.db, payment, { checkoutAttempt: attempt, checkoutRef: null, checkoutUrl: null, intentRef: null, failureCode: null, payerId: actor.userId, updatedAt: ctx.clock.now() }),
    record(ctx, actor, { action: "payment.checkout_opened", subjectId: id, childId: studentId, familyId, schoolId, details: { attempt } }),
  ];
}

/** Opens the provider's page for an attempt that was claimed; answers where it is. */
export async function sendToCheckout(ctx: AppContext, { id, revision, amount, currency, planName, childName }: PaymentFor, attempt: number, customerRef: string): Promise<string> {
  const checkout = await reaching(ctx.payments.openCheckout({
    paymentId: id, attempt, amount: { amount, currency }, customerRef, description: `${planName}, ${childName}`, returnTo: `${ctx.settings.origin}/finance/pay/${id}?returned=1`,
  }));
  const now = ctx.clock.now();
  await unlessOvertaken(commit(ctx.db, [
    changePaymentAt(ctx.db, { id, revision: revision + 1 }, { checkoutRef: checkout.checkoutRef, checkoutUrl: checkout.url, checkAt: nextCheck(now, now), updatedAt: now }),
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
  await write.catch(overtaken(inProgress, "NOT NULL payments.revision"));
}
