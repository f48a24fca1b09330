import type { Money } from "../money.ts";

/** A card charge as the provider tells it; `pending` covers all that is not final. `intentRef` null: refused before it became one. */
export type ChargeState = {
  intentRef: string | null;
  status: "succeeded" | "pending" | "failed" | "needs_cardholder";
  amount: Money;
  paymentId: string | null;
  failureCode: string | null;
};

/** A page of the provider where a guardian pays, or saves a card. */
export type CheckoutState = {
  checkoutRef: string;
  url: string | null;
  status: "open" | "complete" | "expired";
  paymentId: string | null;
  customerRef: string | null;
  /** The charge made there, once there is one. */
  charge: ChargeState | null;
  setupRef: string | null;
};

type SavedCard = { providerRef: string; customerRef: string; brand: string; last4: string; expMonth: number; expYear: number };

export type RefundState = { refundRef: string | null; refundId: string | null; status: "succeeded" | "pending" | "failed"; amount: Money; failureCode: string | null };

/** What a verified webhook tells: which object to fetch. Nothing else in it is trusted. `about` null: nothing that we follow. */
export type ProviderEvent = { eventId: string; type: string; about: "charge" | "checkout" | "setup" | "refund" | null; objectRef: string | null };

export type Charge = { paymentId: string; amount: Money; customerRef: string; methodRef: string; description: string };

/** Port to a card provider. Calls throw `ProviderUnreachable` when the outcome is unknown: repeat with the same key. */
export type PaymentProvider = {
  createCustomer(user: { userId: string; name: string; email: string | null }): Promise<string>;
  /** Repeating it for the same payment within a day gives the first answer again; later, `findCharge` tells what became of it. */
  chargeSavedCard(charge: Charge): Promise<ChargeState>;
  findCharge(paymentId: string, customerRef: string, since: number): Promise<ChargeState | null>;
  fetchCharge(intentRef: string): Promise<ChargeState>;
  cancelCharge(intentRef: string): Promise<ChargeState>;
  openCheckout(checkout: { paymentId: string; attempt: number; amount: Money; customerRef: string; description: string; returnTo: string }): Promise<CheckoutState>;
  openCardSetup(setup: { customerRef: string; currency: string; returnTo: string }): Promise<CheckoutState>;
  fetchCheckout(checkoutRef: string): Promise<CheckoutState>;
  /** Closes an open Checkout; answers what it is then, which is `complete` if it was paid in the meantime. */
  expireCheckout(checkoutRef: string): Promise<CheckoutState>;
  fetchSetupCard(setupRef: string): Promise<SavedCard | null>;
  removeCard(methodRef: string): Promise<void>;
  refund(refund: { refundId: string; intentRef: string; amount: Money }): Promise<RefundState>;
  fetchRefund(refundRef: string): Promise<RefundState>;
  findRefund(refundId: string, intentRef: string): Promise<RefundState | null>;
  /** Null: the signature is not good, or too old. */
  readWebhook(rawBody: string, signature: string | null): Promise<ProviderEvent | null>;
};

export class ProviderUnreachable extends Error {
  override name = "ProviderUnreachable";
}
