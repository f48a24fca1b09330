import { findPaymentOfRequest } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { findRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import { reserveAgain } from "../purchases/reserve-again.server.ts";
import { openCheckout } from "./open-checkout.server.ts";
import { paymentScope } from "./scope.server.ts";

/** How a guardian wants to pay for an approved purchase. */
export type HowToPay = { with: "card" | "checkout"; allowOverLimit?: boolean | undefined };

/**
 * Pays for an approved purchase: by Checkout; or, when an earlier payment failed, anew, by the saved card or by Checkout.
 * Answers the payment's id. Throws not_found, forbidden, step_up_required, conflict, over_limit, payment_in_progress.
 */
export function startPayment(ctx: AppContext, actor: Actor, requestId: string, how: HowToPay, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    // Opening a Checkout closes the one before: a repeat must not come that far.
    const before = await findRepeat(ctx, actor.userId, repeat);
    if (before) return before;
    const last = await findPaymentOfRequest(ctx.db, paymentScope(actor), requestId);
    if (!last) throw notFound();
    authorize(actor, "purchase:pay", last.studentId);
    if (last.status !== "failed") {
      await openCheckout(ctx, actor, last.id, repeat);
      return last.id;
    }
    const byCard = how.with === "card";
    const paymentId = await reserveAgain(ctx, actor, requestId, { with: how.with, allowOverLimit: how.allowOverLimit ?? false, repeat: byCard ? repeat : null });
    if (!byCard) await openCheckout(ctx, actor, paymentId, repeat);
    return paymentId;
  });
}
