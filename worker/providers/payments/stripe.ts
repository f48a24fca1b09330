import Stripe from "stripe";
import { ProviderUnreachable, type Charge, type ChargeState, type CheckoutState, type PaymentProvider } from "#app/domain/payments/payment-provider.ts";
import type { Env } from "../../env.ts";
import { toStripe } from "./stripe-amounts.ts";
import { chargeState, checkoutState, providerEvent, refOf, refundState } from "./stripe-states.ts";

const API_VERSION = "2026-10-28.endive";
/** Stripe's own: how old a webhook's timestamp may be. */
const TOLERANCE_SECONDS = 300;

/** Cards by Stripe's own library. Made anew for each request, and only once it is used. */
export function stripeProvider(env: Env): PaymentProvider {
  let made: Stripe | undefined;
  const stripe = () => (made ??= client(env));

  const fetchCheckout = async (ref: string): Promise<CheckoutState> => {
    try {
      return checkoutState(await known(stripe().checkout.sessions.retrieve(ref, { expand: ["payment_intent"] })));
    } catch (error) {
      // What Stripe does not know nobody can pay any more.
      if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return { checkoutRef: ref, url: null, status: "expired", paymentId: null, customerRef: null, charge: null, setupRef: null };
      throw error;
    }
  };

  return {
    async createCustomer({ userId, name, email }) {
      const customer = await known(stripe().customers.create({ name, ...(email ? { email } : {}), metadata: { user_id: userId } }, { idempotencyKey: `customer:${userId}` }));
      return customer.id;
    },

    chargeSavedCard: (charge) => chargeSavedCard(stripe(), charge),

    async findCharge(paymentId, customerRef, since) {
      const intents = await known(stripe().paymentIntents.list({ customer: customerRef, created: { gte: Math.floor(since / 1000) }, limit: 100 }));
      const found = intents.data.find((intent) => intent.metadata.payment_id === paymentId);
      return found ? chargeState(found) : null;
    },

    fetchCharge: async (ref) => chargeState(await known(stripe().paymentIntents.retrieve(ref))),

    async cancelCharge(ref) {
      try {
        return chargeState(await known(stripe().paymentIntents.cancel(ref)));
      } catch (error) {
        // It cannot be cancelled because it is final: whichever way, it is told.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return chargeState(await known(stripe().paymentIntents.retrieve(ref)));
        throw error;
      }
    },

    async openCheckout({ paymentId, attempt, amount, customerRef, description, returnTo }) {
      const { amount: unit_amount, currency } = toStripe(amount);
      const metadata = { payment_id: paymentId };
      return checkoutState(await known(stripe().checkout.sessions.create({
        mode: "payment",
        customer: customerRef,
        allowed_payment_method_types: ["card"],
        line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: description } } }],
        metadata,
        payment_intent_data: { description, metadata },
        success_url: returnTo,
        cancel_url: returnTo,
      }, { idempotencyKey: `checkout:${paymentId}:${attempt}` })));
    },

    async openCardSetup({ customerRef, currency, returnTo }) {
      return checkoutState(await known(stripe().checkout.sessions.create({
        mode: "setup",
        customer: customerRef,
        currency: currency.toLowerCase(),
        allowed_payment_method_types: ["card"],
        success_url: `${returnTo}?session={CHECKOUT_SESSION_ID}`,
        cancel_url: returnTo,
      })));
    },

    fetchCheckout,

    async expireCheckout(ref) {
      try {
        return checkoutState(await known(stripe().checkout.sessions.expire(ref, { expand: ["payment_intent"] })));
      } catch (error) {
        // Only an open one can be expired.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return fetchCheckout(ref);
        throw error;
      }
    },

    async fetchSetupCard(ref) {
      const setup = await known(stripe().setupIntents.retrieve(ref, { expand: ["payment_method"] }));
      const method = setup.payment_method;
      const customerRef = refOf(setup.customer);
      if (setup.status !== "succeeded" || !method || typeof method === "string" || !method.card || !customerRef) return null;
      const { brand, last4, exp_month, exp_year } = method.card;
      return { providerRef: method.id, customerRef, brand, last4, expMonth: exp_month, expYear: exp_year };
    },

    async removeCard(ref) {
      try {
        await known(stripe().paymentMethods.detach(ref));
      } catch (error) {
        // Detached before, or unknown there: removed either way.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      }
    },

    async refund({ refundId, intentRef, amount }) {
      try {
        return refundState(await known(stripe().refunds.create({ payment_intent: intentRef, amount: toStripe(amount).amount, metadata: { refund_id: refundId } }, { idempotencyKey: `refund:${refundId}` })));
      } catch (error) {
        // Refused for good: given back already, or disputed.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return { refundRef: null, refundId, status: "failed", amount, failureCode: error.code ?? "refused" };
        throw error;
      }
    },

    fetchRefund: async (ref) => refundState(await known(stripe().refunds.retrieve(ref))),

    async findRefund(refundId, intentRef) {
      const refunds = await known(stripe().refunds.list({ payment_intent: intentRef, limit: 100 }));
      const found = refunds.data.find((refund) => refund.metadata?.refund_id === refundId);
      return found ? refundState(found) : null;
    },

    async readWebhook(rawBody, signature) {
      try {
        return providerEvent(await Stripe.webhooks.constructEventAsync(rawBody, signature ?? "", env.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS, Stripe.createSubtleCryptoProvider()));
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
        throw error;
      }
    },
  };
}

function client(env: Env): Stripe {
  const url = new URL(env.STRIPE_API_URL);
  const protocol = url.protocol === "http:" ? "http" : "https";
  return new Stripe(env.STRIPE_SECRET_KEY, {
    apiVersion: API_VERSION,
    httpClient: Stripe.createFetchHttpClient(),
    host: url.hostname,
    port: url.port || (protocol === "http" ? 80 : 443),
    protocol,
    maxNetworkRetries: 1,
    timeout: 20_000,
    telemetry: false,
  });
}

async function chargeSavedCard(stripe: Stripe, { paymentId, amount, customerRef, methodRef, description }: Charge): Promise<ChargeState> {
  try {
    return chargeState(await known(stripe.paymentIntents.create({
      ...toStripe(amount),
      customer: customerRef,
      payment_method: methodRef,
      allowed_payment_method_types: ["card"],
      off_session: true,
      confirm: true,
      description,
      metadata: { payment_id: paymentId },
    }, { idempotencyKey: `charge:${paymentId}` })));
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (error.payment_intent) return chargeState(error.payment_intent);
    return { intentRef: null, status: "failed", amount, paymentId, failureCode: error.code ?? "refused" };
  }
}

/** Our own mistakes and refusals pass as they are; whatever leaves the outcome unknown becomes `ProviderUnreachable`. */
async function known<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors;
    const underWay = error instanceof Stripe.errors.StripeError && error.statusCode === 409;
    if (underWay || error instanceof StripeConnectionError || error instanceof StripeAPIError || error instanceof StripeRateLimitError) throw new ProviderUnreachable((error as Error).message, { cause: error });
    throw error;
  }
}
