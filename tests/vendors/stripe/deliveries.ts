import { createHmac, randomBytes } from "node:crypto";
import type { Scenario } from "./world.ts";

export type Delivery = { id: string; type: string; customer: string | null; payload: string; signature: string; state: "kept" | "waiting" | "delivered" | "failed" | "lost"; answer: number | null; at: number };

const KEPT = 2000;

/** Webhooks as Stripe sends them: signed, repeated until answered, and in the way that the scenario wants. */
export class Deliveries {
  readonly list: Delivery[] = [];
  readonly #url: string | null;
  readonly #secret: string;
  #held: Delivery[] = [];

  constructor(options: { webhookUrl: string | null; webhookSecret: string }) {
    this.#url = options.webhookUrl;
    this.#secret = options.webhookSecret;
  }

  announce(type: string, object: { id: string; customer?: string | null }, scenario: Scenario["webhook"]): void {
    const id = `evt_${randomBytes(12).toString("hex")}`;
    const payload = JSON.stringify({ id, object: "event", api_version: "2026-10-28.endive", created: Math.floor(Date.now() / 1000), data: { object: shown(object) }, livemode: false, pending_webhooks: 1, request: { id: null, idempotency_key: null }, type });
    const delivery: Delivery = { id, type, customer: object.customer ?? null, payload, signature: this.#sign(payload, scenario), state: this.#url ? "waiting" : "kept", answer: null, at: Date.now() };
    if (scenario === "lost") delivery.state = "lost";
    if (scenario === "reordered") this.#hold(delivery);
    else for (let copy = scenario === "duplicate" ? 3 : 1; copy > 0; copy--) this.#out(copy === 1 ? delivery : { ...delivery }, scenario === "delayed" ? 10_000 : 50);
  }

  /** The same event once more, freshly signed. */
  async sendAgain(id: string): Promise<boolean> {
    const found = this.list.find((delivery) => delivery.id === id);
    if (!found) return false;
    found.signature = this.#sign(found.payload, "normal");
    if (this.#url) await this.#deliver(found, 3);
    else this.list.push({ ...found, state: "kept" });
    return true;
  }

  /** What is held back to be reordered goes out now, last first. */
  flush(): void {
    for (const delivery of this.#held.splice(0).reverse()) this.#out(delivery, 50);
  }

  #hold(delivery: Delivery): void {
    if (this.#held.length === 0) setTimeout(() => this.flush(), 1500).unref();
    this.#held.push(delivery);
  }

  #out(delivery: Delivery, after: number): void {
    this.list.push(delivery);
    if (this.list.length > KEPT) this.list.splice(0, this.list.length - KEPT);
    if (delivery.state === "waiting") setTimeout(() => void this.#deliver(delivery, 0), after).unref();
  }

  async #deliver(delivery: Delivery, tries: number): Promise<void> {
    const answer = await fetch(this.#url!, { method: "POST", headers: { "Content-Type": "application/json; charset=utf-8", "Stripe-Signature": delivery.signature }, body: delivery.payload }).catch(() => null);
    delivery.answer = answer?.status ?? null;
    delivery.state = answer?.ok ? "delivered" : "failed";
    if (!answer?.ok && answer?.status !== 400 && tries < 3) setTimeout(() => void this.#deliver(delivery, tries + 1), 1000 * 3 ** tries).unref();
  }

  #sign(payload: string, scenario: Scenario["webhook"]): string {
    const at = Math.floor(Date.now() / 1000) - (scenario === "stale" ? 3600 : 0);
    const secret = scenario === "forged" ? "whsec_of_somebody_else" : this.#secret;
    return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${payload}`).digest("hex")}`;
  }
}

/** As the API shows an object: without what only the stand-in knows. */
export function shown(object: object): object {
  const { number: _number, intent_metadata: _metadata, ...rest } = object as Record<string, unknown>;
  return rest;
}
