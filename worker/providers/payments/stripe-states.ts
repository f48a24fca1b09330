import type Stripe from "stripe";
import type { ChargeState, CheckoutState, ProviderEvent, RefundState } from "#app/domain/payments/payment-provider.ts";
import { fromStripe } from "./stripe-amounts.ts";

/** Stripe's objects in our words. What is not known to be final is `pending`: never paid, never failed. */

export const refOf = (object: string | { id: string } | null | undefined): string | null => (typeof object === "string" ? object : object?.id ?? null);

export function chargeState(intent: Stripe.PaymentIntent): ChargeState {
  const failureCode = intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code ?? intent.cancellation_reason ?? null;
  return {
    intentRef: intent.id,
    status: chargeStatus(intent),
    amount: fromStripe(intent.status === "succeeded" ? intent.amount_received : intent.amount, intent.currency),
    paymentId: intent.metadata.payment_id ?? null,
    failureCode,
  };
}

function chargeStatus(intent: Stripe.PaymentIntent): ChargeState["status"] {
  switch (intent.status) {
    case "succeeded":
      return "succeeded";
    case "canceled":
      return "failed";
    case "requires_action":
      return "needs_cardholder";
    case "requires_payment_method":
      // Without an error nobody has tried to pay yet.
      if (!intent.last_payment_error) return "pending";
      return intent.last_payment_error.code === "authentication_required" ? "needs_cardholder" : "failed";
    default:
      return "pending";
  }
}

export function checkoutState(session: Stripe.Checkout.Session): CheckoutState {
  const intent = session.payment_intent;
  return {
    checkoutRef: session.id,
    url: session.url,
    status: session.status === "complete" ? "complete" : session.status === "expired" ? "expired" : "open",
    paymentId: session.metadata?.payment_id ?? null,
    customerRef: refOf(session.customer),
    charge: intent && typeof intent !== "string" ? chargeState(intent) : null,
    setupRef: refOf(session.setup_intent),
  };
}

export function refundState(refund: Stripe.Refund): RefundState {
  return {
    refundRef: refund.id,
    refundId: refund.metadata?.refund_id ?? null,
    status: refund.status === "succeeded" ? "succeeded" : refund.status === "failed" || refund.status === "canceled" ? "failed" : "pending",
    amount: fromStripe(refund.amount, refund.currency),
    failureCode: refund.failure_reason ?? null,
  };
}

const FOLLOWED: Record<string, ProviderEvent["about"]> = {
  "payment_intent.succeeded": "charge",
  "payment_intent.payment_failed": "charge",
  "payment_intent.canceled": "charge",
  "checkout.session.completed": "checkout",
  "checkout.session.async_payment_succeeded": "checkout",
  "checkout.session.async_payment_failed": "checkout",
  "checkout.session.expired": "checkout",
  "setup_intent.succeeded": "setup",
  "refund.created": "refund",
  "refund.updated": "refund",
  "refund.failed": "refund",
};

export function providerEvent(event: Stripe.Event): ProviderEvent {
  const { id } = event.data.object as { id?: string };
  return { eventId: event.id, type: event.type, about: FOLLOWED[event.type] ?? null, objectRef: id ?? null };
}
