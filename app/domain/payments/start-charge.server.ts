import { claimCharge, findChargeableCard, getPayment, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import { applyCharge } from "./apply-charge.server.ts";
import type { ChargeState } from "./payment-provider.ts";
import { KEY_LIFE, nextCheck } from "./rules.ts";

/**
 * Charges the saved card of an approved purchase. Run again after a crash or a lost answer it sends the same charge under the same
 * key, so that the card is charged once. Throws ProviderUnreachable when the outcome is not known.
 */
export async function startCharge(ctx: AppContext, paymentId: string): Promise<void> {
  const now = ctx.clock.now();
  if (!(await claimCharge(ctx.db, paymentId, now, nextCheck(now, now)))) return;
  await applyCharge(ctx, paymentId, await sendOrFind(ctx, (await getPayment(ctx.db, paymentId))!));
}

async function sendOrFind(ctx: AppContext, payment: PaymentFor): Promise<ChargeState> {
  const { id: paymentId, methodId, amount, currency, planName, childName, createdAt } = payment;
  const failed = (failureCode: string): ChargeState => ({ intentRef: null, status: "failed", amount: { amount, currency }, paymentId, failureCode });
  // Only a payment by saved card can be claimed.
  const card = await findChargeableCard(ctx.db, methodId!);
  if (!card) return failed("card_missing");
  if (ctx.clock.now() - createdAt >= KEY_LIFE) return (await ctx.payments.findCharge(paymentId, card.customerRef, createdAt)) ?? failed("never_sent");
  return ctx.payments.chargeSavedCard({ paymentId, amount: { amount, currency }, ...card, description: `${planName}, ${childName}` });
}
