import { selectCustomer } from "#db/payment-methods.ts";
import { flat, selectPaymentOfRequest } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { firstResult, once, selectRepeat, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import { reserveAgain } from "../purchases/reserve-again.server.ts";
import { customerOf, reaching } from "./customer.server.ts";
import { claimCheckout, openCheckout, sendToCheckout } from "./open-checkout.server.ts";
import { paymentScope } from "./scope.server.ts";

/** How a guardian wants to pay for an approved purchase. */
type HowToPay = { with: "card" | "checkout"; allowOverLimit?: boolean | undefined };

/** `checkoutUrl`: where to pay now; null by card, and to a repeat. */
type StartedPayment = { paymentId: string; checkoutUrl: string | null };

/**
 * Pays for an approved purchase: by Checkout; or, when an earlier payment failed, anew, by the saved card or by Checkout.
 * Throws not_found, forbidden, step_up_required, conflict, over_limit, payment_in_progress.
 */
export async function startPayment(ctx: AppContext, actor: Actor, requestId: string, how: HowToPay, repeat: Repeat | null = null): Promise<StartedPayment> {
  let checkoutUrl: string | null = null;
  const paymentId = await once(ctx, actor.userId, repeat, async () => {
    const allowOverLimit = how.allowOverLimit ?? false;
    if (how.with === "card") return reserveAgain(ctx, actor, requestId, { byCard: true, allowOverLimit, repeat });
    const [firsts, [row], [known]] = await ctx.db.batch([selectRepeat(ctx, actor.userId, repeat), selectPaymentOfRequest(ctx.db, paymentScope(actor), requestId), selectCustomer(ctx.db, actor.userId)]);
    // Opening a Checkout closes the one before: a repeat must not come that far.
    const before = firstResult(repeat, firsts);
    if (before) return before;
    if (!row) throw notFound();
    const last = flat(row);
    authorize(actor, "purchase:pay", last.studentId);
    if (last.status !== "failed") {
      checkoutUrl = await openCheckout(ctx, actor, last, known, repeat);
      return last.id;
    }
    const { customerRef, writes } = await reaching(customerOf(ctx, actor, known));
    let begun = last;
    const along = (id: string) => [...writes, ...claimCheckout(ctx, actor, (begun = { ...last, id, revision: 1 }), 1)];
    const id = await reserveAgain(ctx, actor, requestId, { byCard: false, allowOverLimit, repeat, along });
    // Else a repeat was quicker.
    if (id === begun.id) checkoutUrl = await sendToCheckout(ctx, begun, 1, customerRef);
    return id;
  });
  return { paymentId, checkoutUrl };
}
