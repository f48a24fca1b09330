import type { Endpoint } from "./api.ts";
import { formAt, textAt } from "./form.ts";
import { badRequest } from "./refusal.ts";

export const createCustomer: Endpoint = (world, _id, form) => {
  const customer = { id: world.id("cus"), object: "customer" as const, created: world.now(), email: textAt(form, "email"), name: textAt(form, "name"), metadata: formAt(form, "metadata"), livemode: false as const };
  world.customers.set(customer.id, customer);
  return customer;
};

export const retrieveMethod: Endpoint = (world, id) => world.method(id);

export const attachMethod: Endpoint = (world, id, form) => {
  const customer = world.customer(textAt(form, "customer"));
  const method = world.method(id);
  if (method.customer && method.customer !== customer.id) throw badRequest("The payment method you provided has already been attached to a customer.");
  method.customer = customer.id;
  world.emit("payment_method.attached", method);
  return method;
};

export const detachMethod: Endpoint = (world, id) => {
  const method = world.method(id);
  if (!method.customer) throw badRequest("The payment method you provided is not attached to a customer so detachment is impossible.");
  method.customer = null;
  world.emit("payment_method.detached", method);
  return method;
};
