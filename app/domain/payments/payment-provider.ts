import type { Money } from "../money.ts";

/** A card charge as the provider tells it; `pending` covers all that is not final. */
export type ChargeState = {
  intentRef: string;
  status: "succeeded" | "pending" | "failed" | "needs_cardholder";
  amount: Money;
  paymentId: string | null;
  failureCode: string | null;
};

export type CheckoutState = {
  checkoutRef: string;
  url: string | null;
  status: "open" | "complete" | "expired";
  intentRef: string | null;
  setupRef: string | null;
};

export type SavedCard = { providerRef: string; customerRef: string; brand: string; last4: string; expMonth: number; expYear: number };

export type RefundState = { refundRef: string; status: "succeeded" | "pending" | "failed" };

/** What a verified webhook tells: which object to fetch. Nothing else in it is trusted. */
export type ProviderEvent = { eventId: string; type: string; objectRef: string | null };

/** Port to a card provider. Calls throw `ProviderUnreachable` when the outcome is unknown: repeat with the same key. */
export type PaymentProvider = {
  createCustomer(user: { userId: string; name: string; email: string | null }): Promise<string>;
  chargeSavedCard(charge: { paymentId: string; amount: Money; customerRef: string; methodRef: string; description: string }): Promise<ChargeState>;
  openCheckout(checkout: { paymentId: string; attempt: number; amount: Money; customerRef: string; description: string; returnTo: string }): Promise<CheckoutState>;
  openCardSetup(setup: { customerRef: string; attempt: string; returnTo: string }): Promise<CheckoutState>;
  fetchCharge(intentRef: string): Promise<ChargeState>;
  fetchCheckout(checkoutRef: string): Promise<CheckoutState>;
  fetchSetupCard(setupRef: string): Promise<SavedCard | null>;
  expireCheckout(checkoutRef: string): Promise<void>;
  removeCard(methodRef: string): Promise<void>;
  refund(refund: { refundId: string; intentRef: string; amount: Money }): Promise<RefundState>;
  /** Null: the signature is not good, or too old. */
  readWebhook(rawBody: string, signature: string | null): Promise<ProviderEvent | null>;
};

export class ProviderUnreachable extends Error {
  override name = "ProviderUnreachable";
}
