import { answerHtml, escape, redirect, type Asked, type Handler } from "../http.ts";
import { cardNumbers } from "./cards.ts";
import { completeSetup } from "./setup-intents.ts";
import { charge, makeIntent } from "./payment-intents.ts";
import type { CheckoutSession } from "./objects.ts";
import type { StripeWorld } from "./world.ts";

/** The hosted page where a guardian pays or saves a card: plain forms, as a slow phone gets it. */
export const checkoutPages: Handler = (world, asked, response) => {
  const [, id = "", step] = /^\/c\/pay\/([^/]+)(?:\/(\w+))?$/.exec(asked.url.pathname) ?? [];
  const session = world.sessions.get(id);
  if (!session) return answerHtml(response, 404, "No such page", "<p>This Checkout does not exist.</p>");
  if (session.status === "complete") return redirect(response, returnUrl(session));
  if (session.status === "expired") return answerHtml(response, 410, "This page has expired", `<p><a id="leave" href="${escape(session.cancel_url ?? "/")}">Back</a></p>`);
  if (asked.method === "POST") return pay(world, session, asked, step, response);
  answerHtml(response, 200, titleOf(session), cardForm(session));
};

const pay = (world: StripeWorld, session: CheckoutSession, { body }: Asked, step: string | undefined, response: Parameters<Handler>[2]) => {
  const number = (new URLSearchParams(body).get("number") ?? "").replace(/\s/g, "");
  const card = cardNumbers[number];
  if (!card) return answerHtml(response, 400, titleOf(session), cardForm(session, "Your card number is invalid."));
  const { payment } = world.scenarioOf(session.customer);
  const behaviour = payment === "decline" ? "declined" : payment === "authentication" ? "needs_authentication" : card.behaviour;
  if (behaviour === "needs_authentication" && step === undefined) return answerHtml(response, 200, "Your bank asks: is it you?", bankForm(session, number));

  if (session.mode === "setup") {
    if (step === "refuse" || number === "4000000000000002") return answerHtml(response, 402, titleOf(session), cardForm(session, "Your card was declined."));
    completeSetup(world, world.setups.get(session.setup_intent!)!, number);
    return complete(world, session, "no_payment_required", response);
  }
  const intent = world.intents.get(session.payment_intent ?? "") ?? makeIntent(world, { amount: session.amount_total!, currency: session.currency!, customer: session.customer, description: session.description, metadata: session.intent_metadata });
  session.payment_intent = intent.id;
  intent.payment_method = world.saveMethod(number, null).id;
  charge(world, intent, step === "refuse" ? "declined" : behaviour === "needs_authentication" ? "succeeds" : behaviour, "present");
  if (intent.last_payment_error) return answerHtml(response, 402, titleOf(session), cardForm(session, intent.last_payment_error.message));
  complete(world, session, "paid", response);
};

function complete(world: StripeWorld, session: CheckoutSession, paymentStatus: CheckoutSession["payment_status"], response: Parameters<Handler>[2]): void {
  Object.assign(session, { status: "complete", payment_status: paymentStatus, url: null });
  world.emit("checkout.session.completed", session);
  redirect(response, returnUrl(session));
}

const returnUrl = (session: CheckoutSession) => session.success_url.replace("{CHECKOUT_SESSION_ID}", session.id);

const titleOf = (session: CheckoutSession) => (session.mode === "setup" ? "Save a card" : `Pay ${session.currency!.toUpperCase()} ${session.amount_total! / 100}`);

function cardForm(session: CheckoutSession, problem?: string): string {
  const cards = Object.entries(cardNumbers).map(([number, { says }]) => `<option value="${number}">${number.replace(/(\d{4})(?=\d)/g, "$1 ")}: ${says}</option>`).join("");
  return `<p>${escape(session.description)}</p><p><em>A stand-in for Stripe, for development. No money moves.</em></p>
${problem ? `<p role="alert">${escape(problem)}</p>` : ""}
<form method="post" action="/c/pay/${session.id}"><label>Card <select name="number" id="number">${cards}</select></label><button id="pay">${session.mode === "setup" ? "Save" : "Pay"}</button></form>
<p><a id="leave" href="${escape(session.cancel_url ?? "/")}">Leave without ${session.mode === "setup" ? "saving" : "paying"}</a></p>`;
}

const bankForm = (session: CheckoutSession, number: string) => ["confirm", "refuse"].map((step) =>
  `<form method="post" action="/c/pay/${session.id}/${step}"><input type="hidden" name="number" value="${number}"><button id="${step}">${step === "confirm" ? "Yes, it is me" : "No"}</button></form>`).join("");
