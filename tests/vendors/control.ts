import { answerHtml, answerJson, escape, redirect, type Handler } from "./http.ts";
import { cardNumbers } from "./stripe/cards.ts";
import { fail, succeed } from "./stripe/payment-intents.ts";
import { paymentScenarios, webhookScenarios, type Scenario, type StripeWorld } from "./stripe/world.ts";

/** Where a developer or a test chooses what the vendors do next, and sees what they sent. */
export const control: Handler = (world, { method, url, headers, body }, response) => {
  const form = headers["content-type"]?.startsWith("application/json") ? (JSON.parse(body) as Record<string, string>) : Object.fromEntries(new URLSearchParams(body));
  const byForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const done = () => (byForm ? redirect(response, "/control") : answerJson(response, 200, { done: true }));
  switch (`${method} ${url.pathname}`) {
    case "GET /control":
      return answerHtml(response, 200, "Vendors", page(world));
    case "GET /control/deliveries": {
      world.deliveries.flush();
      const customers = url.searchParams.getAll("customer");
      const seen = world.deliveries.list.findLastIndex((sent) => sent.id === url.searchParams.get("after"));
      return answerJson(response, 200, world.deliveries.list.slice(seen + 1).filter((sent) => sent.state !== "lost" && (customers.length === 0 || customers.includes(sent.customer ?? ""))));
    }
    case "GET /control/charges":
      return answerJson(response, 200, chargesOf(world, new Set(url.searchParams.getAll("customer"))));
    case "GET /control/checkouts":
      return answerJson(response, 200, [...world.sessions.values()].filter((session) => session.status === "open" && session.mode === "payment" && url.searchParams.getAll("customer").includes(session.customer ?? "")).map((session) => session.url));
    case "POST /control/scenario": {
      const before = world.scenarioOf(form.customer ?? null);
      world.scenarios.set(form.customer ?? "*", { payment: oneOf(paymentScenarios, form.payment) ?? before.payment, webhook: oneOf(webhookScenarios, form.webhook) ?? before.webhook } satisfies Scenario);
      return done();
    }
    case "POST /control/settle": {
      const intent = world.intents.get(form.intent ?? "");
      if (intent?.status === "processing") form.outcome === "fail" ? fail(world, intent, { code: "card_declined", decline_code: "generic_decline", message: "Your card was declined." }) : succeed(world, intent);
      const refund = world.refunds.get(form.refund ?? "");
      if (refund?.status === "pending") {
        refund.status = form.outcome === "fail" ? "failed" : "succeeded";
        world.emit(form.outcome === "fail" ? "refund.failed" : "refund.updated", refund);
      }
      return done();
    }
    case "POST /control/forget":
      for (const [key, { body }] of world.answers) if (JSON.stringify(body).includes(`"${form.customer}"`)) world.answers.delete(key);
      return done();
    case "POST /control/send-again":
      return void world.deliveries.sendAgain(form.id ?? "").then(done);
    default:
      return answerJson(response, 404, { error: "not found" });
  }
};

/** What was charged to these customers and went back, as the bank's statement would say. */
export type BankCharge = { intent: string; paymentId: string | null; status: string; received: number; returned: number };

function chargesOf(world: StripeWorld, customers: Set<string>): BankCharge[] {
  const refunds = [...world.refunds.values()].filter((refund) => customers.has(refund.customer ?? ""));
  return [...world.intents.values()].filter((intent) => customers.has(intent.customer ?? "")).map((intent) => ({
    intent: intent.id, paymentId: intent.metadata.payment_id ?? null, status: intent.status, received: intent.amount_received,
    returned: refunds.filter((refund) => refund.payment_intent === intent.id && refund.status === "succeeded").reduce((sum, refund) => sum + refund.amount, 0),
  }));
}

const oneOf = <T extends string>(choices: readonly T[], value: string | undefined): T | null => choices.find((choice) => choice === value) ?? null;

const PAYMENT_WORDS: Record<Scenario["payment"], string> = {
  as_card: "as the card says", decline: "declined", authentication: "the bank wants the cardholder", processing: "stays in processing", lost_answer: "paid, but the answer is lost twice",
};
const WEBHOOK_WORDS: Record<Scenario["webhook"], string> = {
  normal: "at once", delayed: "ten seconds late", duplicate: "three times", reordered: "last first", lost: "never", forged: "signed by somebody else", stale: "signed an hour ago",
};

function page(world: StripeWorld): string {
  const now = world.scenarioOf(null);
  const select = <T extends string>(name: string, words: Record<T, string>, chosen: T) =>
    `<select name="${name}">${(Object.entries(words) as [T, string][]).map(([value, text]) => `<option value="${value}"${value === chosen ? " selected" : ""}>${text}</option>`).join("")}</select>`;
  const button = (action: string, fields: Record<string, string>, label: string) =>
    `<form method="post" action="/control/${action}">${Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`).join("")}<button>${label}</button></form>`;
  const open = [...world.intents.values()].filter((intent) => intent.status === "processing")
    .map((intent) => `<li>${intent.id} ${intent.currency.toUpperCase()} ${intent.amount / 100}${button("settle", { intent: intent.id }, "Let it succeed")}${button("settle", { intent: intent.id, outcome: "fail" }, "Let it fail")}</li>`).join("");
  const sent = [...world.deliveries.list].reverse().slice(0, 50)
    .map((delivery) => `<tr><td>${new Date(delivery.at).toISOString().slice(11, 19)}</td><td>${escape(delivery.type)}</td><td>${delivery.state} ${delivery.answer ?? ""}</td><td>${button("send-again", { id: delivery.id }, "Send again")}</td></tr>`).join("");
  return `<p>Stand-ins for Stripe and the password service, in development only.</p>
<form method="post" action="/control/scenario"><label>The next payments ${select("payment", PAYMENT_WORDS, now.payment)}</label><label>Webhooks come ${select("webhook", WEBHOOK_WORDS, now.webhook)}</label><button>Choose</button></form>
<h2>Cards</h2><ul>${Object.entries(cardNumbers).map(([number, card]) => `<li>${number} ${card.says}</li>`).join("")}</ul>
${open ? `<h2>In processing</h2><ul>${open}</ul>` : ""}
<h2>Sent</h2>${sent ? `<table>${sent}</table>` : "<p>Nothing yet.</p>"}`;
}
