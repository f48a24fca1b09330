import { MINUTE } from "#app/domain/clock.ts";
import { refreshPayment } from "#app/domain/payments/refresh-payment.server.ts";
import { sendRefund } from "#app/domain/payments/send-refund.server.ts";
import { listPaymentsToCheck } from "#db/payments.ts";
import { listUnsettledRefunds } from "#db/refunds.ts";
import type { Sweep } from "./schedule.ts";

/** Asks the provider about payments and refunds of which nothing was heard: a lost webhook, a crash, an answer that never came. */
export const reconcilePayments: Sweep = async (ctx) => {
  const now = ctx.clock.now();
  const payments = await listPaymentsToCheck(ctx.db, now, 20);
  const refunds = await listUnsettledRefunds(ctx.db, now - 10 * MINUTE, 10);
  const asked = [...payments.map((id) => () => refreshPayment(ctx, id)), ...refunds.map((id) => () => sendRefund(ctx, id))];
  for (const ask of asked) {
    // One that cannot be asked about now must not keep the others waiting.
    await ask().catch((error: unknown) => ctx.log("payment.not_reconciled", { error: String(error) }));
  }
  return asked.length;
};
