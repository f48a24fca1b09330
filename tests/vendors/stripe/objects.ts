/** The objects on the wire, as far as Kinboard or a reader of its logs looks at them. `number` never leaves the stand-in. */
type Metadata = Record<string, string>;

export type Customer = { id: string; object: "customer"; created: number; email: string | null; name: string | null; metadata: Metadata; livemode: false };

export type PaymentMethod = {
  id: string; object: "payment_method"; type: "card"; customer: string | null; created: number; livemode: false; metadata: Metadata; number: string;
  card: { brand: string; last4: string; exp_month: number; exp_year: number; country: string; funding: string };
};

type PaymentError = { type: "card_error"; code: string; decline_code?: string; message: string };

export type PaymentIntent = {
  id: string; object: "payment_intent"; amount: number; amount_received: number; currency: string; customer: string | null; created: number; description: string | null; livemode: false;
  metadata: Metadata; payment_method: string | null; payment_method_types: ["card"]; latest_charge: string | null; last_payment_error: PaymentError | null; cancellation_reason: string | null; canceled_at: number | null;
  status: "requires_payment_method" | "requires_action" | "processing" | "succeeded" | "canceled";
  next_action: { type: string } | null;
};

export type SetupIntent = { id: string; object: "setup_intent"; customer: string | null; created: number; livemode: false; metadata: Metadata; payment_method: string | null; status: "requires_payment_method" | "succeeded"; usage: "off_session" };

export type CheckoutSession = {
  id: string; object: "checkout.session"; mode: "payment" | "setup"; status: "open" | "complete" | "expired"; payment_status: "unpaid" | "paid" | "no_payment_required"; url: string | null;
  customer: string | null; amount_total: number | null; currency: string | null; created: number; expires_at: number; livemode: false; metadata: Metadata;
  payment_intent: string | null; setup_intent: string | null; success_url: string; cancel_url: string | null; description: string; intent_metadata: Metadata;
};

export type Refund = { id: string; object: "refund"; amount: number; currency: string; created: number; metadata: Metadata; payment_intent: string; charge: string | null; status: "pending" | "succeeded" | "failed"; failure_reason?: string; reason: null; customer: string | null };
