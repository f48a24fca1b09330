import type { Endpoint } from "./api.ts";
import { declineOf, cardNumbers, type Behaviour } from "./cards.ts";
import { formAt, textAt } from "./form.ts";
import type { PaymentIntent } from "./objects.ts";
import { badRequest, noSuch, StripeRefusal } from "./refusal.ts";
import type { StripeWorld } from "./world.ts";

export function makeIntent(world: StripeWorld, facts: { amount: number; currency: string; customer: string | null; description: string | null; metadata: Record<string, string> }): PaymentIntent {
  const intent: PaymentIntent = {
    id: world.id("pi"), object: "payment_intent", ...facts, amount_received: 0, created: world.now(), livemode: false, payment_method: null, payment_method_types: ["card"], latest_charge: null,
    last_payment_error: null, cancellation_reason: null, canceled_at: null, status: "requires_payment_method", next_action: null,
  };
  world.intents.set(intent.id, intent);
  world.emit("payment_intent.created", intent);
  return intent;
}

/** Create, and with `confirm` charge at once: with the cardholder away (`off_session`), who would have to authenticate is refused. */
export const createIntent: Endpoint = (world, _id, form) => {
  const amount = Number(textAt(form, "amount"));
  const currency = textAt(form, "currency") ?? "";
  if (!Number.isSafeInteger(amount) || amount < 1) throw badRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
  if (!/^[a-z]{3}$/.test(currency)) throw badRequest(`Invalid currency: ${currency}.`, undefined, "currency");
  const customer = world.customer(textAt(form, "customer"));
  const intent = makeIntent(world, { amount, currency, customer: customer.id, description: textAt(form, "description"), metadata: formAt(form, "metadata") });
  if (textAt(form, "confirm") !== "true") return intent;

  const method = world.method(textAt(form, "payment_method"));
  if (method.customer !== null && method.customer !== customer.id) throw badRequest("The customer does not have a payment method with the ID. The payment method must be attached to the customer.", undefined, "payment_method");
  intent.payment_method = method.id;
  const { payment } = world.scenarioOf(customer.id);
  const behaviour = payment === "decline" ? "declined" : payment === "authentication" ? "needs_authentication" : cardNumbers[method.number]!.behaviour;
  if (payment === "processing") return Object.assign(intent, { status: "processing" });
  charge(world, intent, behaviour, textAt(form, "off_session") === "true" ? "away" : "present");
  const { last_payment_error: error } = intent;
  if (error) throw new StripeRefusal(402, { ...error, payment_intent: { ...intent } });
  return intent;
};

/** What the card does. The cardholder, when present, is assumed to authenticate. */
export function charge(world: StripeWorld, intent: PaymentIntent, behaviour: Behaviour, cardholder: "away" | "present"): void {
  const decline = declineOf(behaviour);
  if (decline) return fail(world, intent, decline);
  if (behaviour === "needs_authentication" && cardholder === "away") return fail(world, intent, { code: "authentication_required", decline_code: "authentication_required", message: "Your card was declined. This transaction requires authentication." });
  succeed(world, intent);
}

export function succeed(world: StripeWorld, intent: PaymentIntent): void {
  Object.assign(intent, { status: "succeeded", amount_received: intent.amount, latest_charge: world.id("ch"), last_payment_error: null, next_action: null });
  world.emit("payment_intent.succeeded", intent);
  world.emit("charge.succeeded", { id: intent.latest_charge!, customer: intent.customer });
}

export function fail(world: StripeWorld, intent: PaymentIntent, error: { code: string; decline_code?: string; message: string }): void {
  Object.assign(intent, { status: "requires_payment_method", last_payment_error: { type: "card_error", ...error }, next_action: null });
  world.emit("payment_intent.payment_failed", intent);
}

export function intentOf(world: StripeWorld, id: string): PaymentIntent {
  const intent = world.intents.get(id);
  if (!intent) throw noSuch("payment_intent", id);
  return intent;
}

export const retrieveIntent: Endpoint = (world, id) => intentOf(world, id);

export const cancelIntent: Endpoint = (world, id) => {
  const intent = intentOf(world, id);
  if (intent.status === "succeeded" || intent.status === "canceled") throw badRequest(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`, "payment_intent_unexpected_state");
  Object.assign(intent, { status: "canceled", canceled_at: world.now() });
  world.emit("payment_intent.canceled", intent);
  return intent;
};

export const listIntents: Endpoint = (world, _id, form) => {
  const since = Number(textAt(form, "created", "gte") ?? 0);
  const data = [...world.intents.values()].filter((intent) => intent.customer === textAt(form, "customer") && intent.created >= since).reverse();
  return { object: "list", url: "/v1/payment_intents", has_more: false, data: data.slice(0, Number(textAt(form, "limit") ?? 10)) };
};
