import type { Endpoint } from "./api.ts";
import { formAt, textAt } from "./form.ts";
import type { SetupIntent } from "./objects.ts";
import { noSuch } from "./refusal.ts";
import type { StripeWorld } from "./world.ts";

export function makeSetup(world: StripeWorld, customer: string | null, metadata: Record<string, string>): SetupIntent {
  const setup: SetupIntent = { id: world.id("seti"), object: "setup_intent", customer, created: world.now(), livemode: false, metadata, payment_method: null, status: "requires_payment_method", usage: "off_session" };
  world.setups.set(setup.id, setup);
  return setup;
}

export const createSetup: Endpoint = (world, _id, form) => makeSetup(world, textAt(form, "customer"), formAt(form, "metadata"));

export const retrieveSetup: Endpoint = (world, id, form) => {
  const setup = world.setups.get(id);
  if (!setup) throw noSuch("setupintent", id);
  const expanded = Object.values(form.expand ?? {}).includes("payment_method") && setup.payment_method;
  if (!expanded) return setup;
  const { number: _number, ...method } = world.method(setup.payment_method);
  return { ...setup, payment_method: method };
};

export function completeSetup(world: StripeWorld, setup: SetupIntent, number: string): void {
  const method = world.saveMethod(number, setup.customer);
  setup.payment_method = method.id;
  setup.status = "succeeded";
  world.emit("payment_method.attached", method);
  world.emit("setup_intent.succeeded", setup);
}
