import type { Endpoint } from "./api.ts";
import { formAt, textAt } from "./form.ts";
import type { Refund } from "./objects.ts";
import { intentOf } from "./payment-intents.ts";
import { badRequest, noSuch } from "./refusal.ts";

export const createRefund: Endpoint = (world, _id, form) => {
  const intent = intentOf(world, textAt(form, "payment_intent") ?? "");
  if (intent.status !== "succeeded") throw badRequest("This PaymentIntent does not have a successful charge to refund.", "payment_intent_unexpected_state");
  const before = [...world.refunds.values()].filter((refund) => refund.payment_intent === intent.id && refund.status !== "failed").reduce((sum, refund) => sum + refund.amount, 0);
  const amount = Number(textAt(form, "amount") ?? intent.amount - before);
  if (before >= intent.amount) throw badRequest(`Charge ${intent.latest_charge} has already been refunded.`, "charge_already_refunded");
  if (before + amount > intent.amount) throw badRequest("Refund amount is greater than unrefunded amount on charge", undefined, "amount");
  const later = world.scenarioOf(intent.customer).payment === "processing";
  const refund: Refund = { id: world.id("re"), object: "refund", amount, currency: intent.currency, created: world.now(), metadata: formAt(form, "metadata"), payment_intent: intent.id, charge: intent.latest_charge, status: later ? "pending" : "succeeded", reason: null, customer: intent.customer };
  world.refunds.set(refund.id, refund);
  world.emit("refund.created", refund);
  world.emit("charge.refunded", { id: intent.latest_charge!, customer: intent.customer });
  return refund;
};

export const retrieveRefund: Endpoint = (world, id) => {
  const refund = world.refunds.get(id);
  if (!refund) throw noSuch("refund", id);
  return refund;
};

export const listRefunds: Endpoint = (world, _id, form) => ({
  object: "list", url: "/v1/refunds", has_more: false,
  data: [...world.refunds.values()].filter((refund) => refund.payment_intent === textAt(form, "payment_intent")).reverse(),
});
