import { createHash } from "node:crypto";
import { answerJson, type Handler } from "../http.ts";
import { createCheckoutSession, expireCheckoutSession, retrieveCheckoutSession } from "./checkout-sessions.ts";
import { attachMethod, createCustomer, detachMethod, retrieveMethod } from "./customers.ts";
import { shown } from "./deliveries.ts";
import { parseForm, type Form } from "./form.ts";
import { cancelIntent, createIntent, listIntents, retrieveIntent } from "./payment-intents.ts";
import { createRefund, listRefunds, retrieveRefund } from "./refunds.ts";
import { StripeRefusal } from "./refusal.ts";
import { createSetup, retrieveSetup } from "./setup-intents.ts";
import type { StripeWorld } from "./world.ts";

/** One endpoint: the id in the path, and what was sent in body or query. */
export type Endpoint = (world: StripeWorld, id: string, form: Form) => object;

const endpoints: [method: string, path: RegExp, endpoint: Endpoint][] = [
  ["POST", /^\/v1\/customers$/, createCustomer],
  ["GET", /^\/v1\/payment_methods\/([^/]+)$/, retrieveMethod],
  ["POST", /^\/v1\/payment_methods\/([^/]+)\/attach$/, attachMethod],
  ["POST", /^\/v1\/payment_methods\/([^/]+)\/detach$/, detachMethod],
  ["POST", /^\/v1\/setup_intents$/, createSetup],
  ["GET", /^\/v1\/setup_intents\/([^/]+)$/, retrieveSetup],
  ["GET", /^\/v1\/payment_intents$/, listIntents],
  ["POST", /^\/v1\/payment_intents$/, createIntent],
  ["GET", /^\/v1\/payment_intents\/([^/]+)$/, retrieveIntent],
  ["POST", /^\/v1\/payment_intents\/([^/]+)\/cancel$/, cancelIntent],
  ["POST", /^\/v1\/checkout\/sessions$/, createCheckoutSession],
  ["GET", /^\/v1\/checkout\/sessions\/([^/]+)$/, retrieveCheckoutSession],
  ["POST", /^\/v1\/checkout\/sessions\/([^/]+)\/expire$/, expireCheckoutSession],
  ["GET", /^\/v1\/refunds$/, listRefunds],
  ["POST", /^\/v1\/refunds$/, createRefund],
  ["GET", /^\/v1\/refunds\/([^/]+)$/, retrieveRefund],
];

/** Stripe's front door: key, version, idempotency, one endpoint, an object or an `error`. */
export const stripeApi: Handler = (world, { method, url, headers, body }, response) => {
  const answer = (status: number, content: unknown, more: Record<string, string> = {}) => answerJson(response, status, content, { "Request-Id": world.id("req"), "Stripe-Version": String(headers["stripe-version"] ?? ""), ...more });
  if (!/^Bearer sk_test_\w+$/.test(headers.authorization ?? "")) return answer(401, { error: { type: "invalid_request_error", message: "Invalid API Key provided" } });

  const form = parseForm(method === "GET" ? url.search.slice(1) : body);
  const key = method === "POST" ? headers["idempotency-key"] : undefined;
  const fingerprint = createHash("sha256").update(`${url.pathname}\n${body}`).digest("hex");
  const before = typeof key === "string" ? world.answers.get(key) : undefined;
  if (before && before.fingerprint !== fingerprint) return answer(400, { error: { type: "idempotency_error", message: "Keys for idempotent requests can only be used with the same parameters they were first used with." } });

  const [status, content] = before ? [before.status, before.body] : perform(world, method, url.pathname, form);
  const entry = before ?? { fingerprint, status, body: content, asked: 0 };
  entry.asked++;
  if (typeof key === "string" && status < 500) world.answers.set(key, entry);
  // Done, but nobody hears of it: twice, because Stripe's library asks again by itself.
  const customer = typeof form.customer === "string" ? form.customer : null;
  if (key && entry.asked <= 2 && world.scenarioOf(customer).payment === "lost_answer") return void response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
  answer(status, content, before ? { "Idempotent-Replayed": "true" } : {});
};

function perform(world: StripeWorld, method: string, path: string, form: Form): [number, unknown] {
  try {
    for (const [verb, pattern, endpoint] of endpoints) {
      const found = verb === method ? pattern.exec(path) : null;
      // A copy as it is now: what a replay tells must not change with the object.
      if (found) return [200, JSON.parse(JSON.stringify(shown(endpoint(world, decodeURIComponent(found[1] ?? ""), form))))];
    }
    return [404, { error: { type: "invalid_request_error", message: `Unrecognized request URL (${method}: ${path}).` } }];
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    return [error.status, JSON.parse(JSON.stringify({ error: error.error }))];
  }
}
