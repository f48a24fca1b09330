import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { getPaymentPage, type PaymentPage } from "./payment-page.server.ts";
import { ProviderUnreachable } from "./payment-provider.ts";
import { refreshPayment } from "./refresh-payment.server.ts";

/** A guardian is back from Checkout: the provider is asked now, because the webhook may come later. Throws not_found. */
export async function lookAfterCheckout(ctx: AppContext, actor: Actor, paymentId: string): Promise<PaymentPage> {
  const page = await getPaymentPage(ctx, actor, paymentId);
  const open = page.status === "processing" || (page.status === "pending" && page.checkoutRef !== null);
  if (!open || !page.mayPay) return page;
  try {
    await refreshPayment(ctx, paymentId);
  } catch (error) {
    // The page can wait; the sweep asks again.
    if (error instanceof ProviderUnreachable) return page;
    throw error;
  }
  return getPaymentPage(ctx, actor, paymentId);
}
