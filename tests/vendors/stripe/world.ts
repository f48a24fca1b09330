import { randomBytes } from "node:crypto";
import { Deliveries } from "./deliveries.ts";
import { namedMethods } from "./cards.ts";
import type { CheckoutSession, Customer, PaymentIntent, PaymentMethod, Refund, SetupIntent } from "./objects.ts";
import { badRequest, noSuch } from "./refusal.ts";

export const paymentScenarios = ["as_card", "decline", "authentication", "processing", "lost_answer"] as const;
export const webhookScenarios = ["normal", "delayed", "duplicate", "reordered", "lost", "forged", "stale"] as const;
export type Scenario = { payment: (typeof paymentScenarios)[number]; webhook: (typeof webhookScenarios)[number] };

/** Everything the stand-in remembers, in memory. */
export class StripeWorld {
  baseUrl = "";
  readonly customers = new Map<string, Customer>();
  readonly methods = new Map<string, PaymentMethod>();
  readonly intents = new Map<string, PaymentIntent>();
  readonly setups = new Map<string, SetupIntent>();
  readonly sessions = new Map<string, CheckoutSession>();
  readonly refunds = new Map<string, Refund>();
  readonly answers = new Map<string, { fingerprint: string; status: number; body: unknown; asked: number }>();
  /** By customer, so that tests that run at the same time choose each for itself; `*` for all others. */
  readonly scenarios = new Map<string, Scenario>();
  readonly deliveries: Deliveries;

  constructor(options: { webhookUrl: string | null; webhookSecret: string }) {
    this.deliveries = new Deliveries(options);
  }

  scenarioOf(customer: string | null): Scenario {
    return this.scenarios.get(customer ?? "*") ?? this.scenarios.get("*") ?? { payment: "as_card", webhook: "normal" };
  }

  id(prefix: string): string {
    return `${prefix}_${randomBytes(12).toString("hex")}`;
  }

  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  emit(type: string, object: { id: string; customer?: string | null }): void {
    this.deliveries.announce(type, object, this.scenarioOf(object.customer ?? null).webhook);
  }

  /** Any well-formed customer is known, and `pm_demo_…` is a good card, so that development data outlives this process. */
  customer(id: string | null): Customer {
    if (id !== null && /^cus_(demo_\w+|[0-9a-f]{24})$/.test(id) && !this.customers.has(id)) this.customers.set(id, { id, object: "customer", created: this.now(), email: null, name: null, metadata: {}, livemode: false });
    const found = id === null ? undefined : this.customers.get(id);
    if (!found) throw badRequest(`No such customer: '${id}'`, "resource_missing", "customer");
    return found;
  }

  method(id: string | null): PaymentMethod {
    if (id?.startsWith("pm_demo_") && !this.methods.has(id)) this.saveMethod("4242424242424242", `cus_demo_${id.slice(8)}`, id);
    if (id && namedMethods[id]) return this.saveMethod(namedMethods[id], null);
    const found = id === null ? undefined : this.methods.get(id);
    if (!found) throw noSuch("PaymentMethod", String(id));
    return found;
  }

  saveMethod(number: string, customer: string | null, id = this.id("pm")): PaymentMethod {
    const method: PaymentMethod = {
      id, object: "payment_method", type: "card", customer, created: this.now(), livemode: false, metadata: {}, number,
      card: { brand: number.startsWith("5") ? "mastercard" : "visa", last4: number.slice(-4), exp_month: 12, exp_year: new Date().getFullYear() + 4, country: "US", funding: "credit" },
    };
    this.methods.set(id, method);
    return method;
  }
}
