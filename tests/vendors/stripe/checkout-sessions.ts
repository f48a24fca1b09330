import type { Endpoint } from "./api.ts";
import { shown } from "./deliveries.ts";
import { formAt, textAt, type Form } from "./form.ts";
import type { CheckoutSession } from "./objects.ts";
import { badRequest, noSuch } from "./refusal.ts";
import { makeSetup } from "./setup-intents.ts";
import type { StripeWorld } from "./world.ts";

const DAY = 86_400;

export const createCheckoutSession: Endpoint = (world, _id, form) => {
  const mode = textAt(form, "mode");
  const customer = world.customer(textAt(form, "customer")).id;
  const success_url = textAt(form, "success_url");
  if (mode !== "payment" && mode !== "setup") throw badRequest("Invalid mode", undefined, "mode");
  if (!success_url) throw badRequest("Missing required param: success_url.", "parameter_missing", "success_url");
  const price = mode === "payment" ? priceOf(form) : null;
  const id = world.id("cs_test");
  const session: CheckoutSession = {
    id, object: "checkout.session", mode, status: "open", payment_status: mode === "payment" ? "unpaid" : "no_payment_required", url: `${world.baseUrl}/c/pay/${id}`,
    customer, amount_total: price?.amount ?? null, currency: price?.currency ?? textAt(form, "currency"), created: world.now(), expires_at: world.now() + DAY, livemode: false, metadata: formAt(form, "metadata"),
    payment_intent: null, setup_intent: mode === "setup" ? makeSetup(world, customer, {}).id : null, success_url, cancel_url: textAt(form, "cancel_url"),
    description: price?.name ?? "Save a card", intent_metadata: formAt((form.payment_intent_data ?? {}) as Form, "metadata"),
  };
  world.sessions.set(id, session);
  return session;
};

function priceOf(form: Form): { amount: number; currency: string; name: string } {
  const amount = Number(textAt(form, "line_items", "0", "price_data", "unit_amount"));
  const currency = textAt(form, "line_items", "0", "price_data", "currency") ?? "";
  if (!Number.isSafeInteger(amount) || amount < 1) throw badRequest("Invalid positive integer", "parameter_invalid_integer", "line_items[0][price_data][unit_amount]");
  if (!/^[a-z]{3}$/.test(currency)) throw badRequest(`Invalid currency: ${currency}.`, undefined, "line_items[0][price_data][currency]");
  return { amount: amount * Number(textAt(form, "line_items", "0", "quantity") ?? 1), currency, name: textAt(form, "line_items", "0", "price_data", "product_data", "name") ?? "" };
}

function sessionOf(world: StripeWorld, id: string): CheckoutSession {
  const session = world.sessions.get(id);
  if (!session) throw noSuch("checkout.session", id);
  return session;
}

export const retrieveCheckoutSession: Endpoint = (world, id, form) => expand(world, sessionOf(world, id), form);

export const expireCheckoutSession: Endpoint = (world, id, form) => {
  const session = sessionOf(world, id);
  if (session.status !== "open") throw badRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`);
  Object.assign(session, { status: "expired", url: null });
  const intent = session.payment_intent ? world.intents.get(session.payment_intent) : undefined;
  if (intent) Object.assign(intent, { status: "canceled", canceled_at: world.now(), cancellation_reason: "expired" });
  world.emit("checkout.session.expired", session);
  return expand(world, session, form);
};

function expand(world: StripeWorld, session: CheckoutSession, form: Form): object {
  const intent = Object.values(form.expand ?? {}).includes("payment_intent") && session.payment_intent ? world.intents.get(session.payment_intent) : undefined;
  return intent ? { ...session, payment_intent: shown(intent) } : session;
}
