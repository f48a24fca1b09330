import { findProviderEvent } from "#db/provider-events.ts";
import { getPayment } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import { applyCharge } from "./apply-charge.server.ts";
import { keepCard } from "./keep-card.server.ts";
import { settleCheckout } from "./refresh-payment.server.ts";
import { applyRefund } from "./send-refund.server.ts";

/** A webhook is a hint: fetches what it is about and applies the truth, as of now, to whatever is ours. */
export async function followProviderEvent(ctx: AppContext, provider: "stripe", eventId: string): Promise<void> {
  const event = await findProviderEvent(ctx.db, provider, eventId);
  if (!event?.objectRef) return;
  switch (event.about) {
    case "charge": {
      const charge = await ctx.payments.fetchCharge(event.objectRef);
      return charge.paymentId === null ? undefined : applyCharge(ctx, charge.paymentId, charge);
    }
    case "checkout": {
      const checkout = await ctx.payments.fetchCheckout(event.objectRef);
      const payment = checkout.paymentId === null ? null : await getPayment(ctx.db, checkout.paymentId);
      if (payment) return settleCheckout(ctx, payment, checkout);
      return checkout.setupRef ? keepCard(ctx, checkout.setupRef) : undefined;
    }
    case "setup":
      return keepCard(ctx, event.objectRef);
    case "refund":
      return applyRefund(ctx, await ctx.payments.fetchRefund(event.objectRef));
  }
}

