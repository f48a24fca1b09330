import { env } from "cloudflare:workers";
import type { BankCharge } from "./control.ts";
import type { PachcaAnswer, PachcaMessage } from "./pachca-service.ts";
import type { Nudge } from "./push-service.ts";
import type { Message, SmsMood } from "./sms-service.ts";
import type { Delivery } from "./stripe/deliveries.ts";
import type { Scenario } from "./stripe/world.ts";

/** The stand-ins as a test inside workerd drives them: over HTTP, each test with its own customer. */
const url = () => (env as unknown as { STRIPE_API_URL: string }).STRIPE_API_URL;

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(url() + path, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers }, body: new URLSearchParams(fields).toString(), redirect: "manual" });
  if (answer.status >= 500) throw new Error(await answer.text());
  return answer;
}

/** A card as Stripe names its test cards (`pm_card_visa`), saved for that customer; answers its id. */
export async function attachCard(customer: string, named: string): Promise<string> {
  const answer = await post(`/v1/payment_methods/${named}/attach`, { customer }, { Authorization: "Bearer sk_test_development" });
  return ((await answer.json()) as { id: string }).id;
}

export const choose = async (customer: string, scenario: Partial<Scenario>) => void (await post("/control/scenario", { customer, ...scenario }));
export const settle = async (what: { intent: string } | { refund: string }, outcome: "succeed" | "fail" = "succeed") => void (await post("/control/settle", { ...what, outcome }));

const look = async <T>(path: string, customers: string[], more: Record<string, string> = {}) =>
  (await (await fetch(`${url()}${path}?${new URLSearchParams([...customers.map((customer) => ["customer", customer]), ...Object.entries(more)])}`)).json()) as T;

/** What the vendor would have sent about this customer, in its order. */
export async function deliveries(customer: string, type?: string): Promise<Delivery[]> {
  const all = await look<Delivery[]>("/control/deliveries", [customer]);
  return type ? all.filter((delivery) => delivery.type === type) : all;
}

/** What it sent about these customers since that delivery. */
export const deliveriesAfter = (customers: string[], last: string | null) => look<Delivery[]>("/control/deliveries", customers, last === null ? {} : { after: last });
/** A day goes by for them: idempotency keys are forgotten. */
export const forgetKeys = async (customers: string[]) => void (await Promise.all(customers.map((customer) => post("/control/forget", { customer }))));
/** Pages where they could pay now, those whose opening nobody heard of included. */
export const openCheckouts = (customers: string[]) => look<string[]>("/control/checkouts", customers);
export const bankCharges = (customers: string[]) => look<BankCharge[]>("/control/charges", customers);

/** What a guardian does on the hosted page; answers where it leads. */
export async function payAt(page: string, number: string, step = ""): Promise<{ status: number; location: string | null }> {
  const answer = await post(new URL(page).pathname + step, { number });
  return { status: answer.status, location: answer.headers.get("Location") };
}

/** An event of our own making, signed as Stripe signs: with the true secret and now, unless told otherwise. */
export async function signed(event: object, how: { secret?: string; at?: number } = {}): Promise<{ payload: string; signature: string }> {
  const { STRIPE_WEBHOOK_SECRET } = env as unknown as { STRIPE_WEBHOOK_SECRET: string };
  const payload = JSON.stringify(event);
  const at = Math.floor((how.at ?? Date.now()) / 1000);
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(how.secret ?? STRIPE_WEBHOOK_SECRET), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${at}.${payload}`)));
  return { payload, signature: `t=${at},v1=${[...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("")}` };
}

/** How the text message service answers what goes to that number next, once each. */
export const smsMoods = async (to: string, moods: SmsMood[]) => void (await fetch(`${smsUrl()}/messages`, { method: "POST", body: JSON.stringify({ to, moods }) }));
/** What reached that phone. */
export const smsTo = async (to: string) => (await (await fetch(`${smsUrl()}/messages?${new URLSearchParams({ to })}`)).json()) as Message[];
/** A browser's address at the push service's stand-in, and what it heard. */
export const pushEndpoint = (browser: string) => `${url()}/push/${browser}`;
export const nudgesTo = async (browser: string) => (await (await fetch(pushEndpoint(browser))).json()) as Nudge[];
/** How the push service answers what goes to that browser next, once each. */
export const pushAnswers = async (browser: string, statuses: number[]) => void (await fetch(pushEndpoint(browser), { method: "PUT", body: JSON.stringify(statuses) }));
/** What stands in the school's Pachca channel, and how it answers next. */
export const pachcaMessages = async (channel: number) => (await (await fetch(`${url()}/api/shared/v1/messages?channel=${channel}`)).json()) as PachcaMessage[];
export const pachcaAnswers = async (channel: number, answers: PachcaAnswer[]) => void (await fetch(`${url()}/api/shared/v1/messages?channel=${channel}`, { method: "PUT", body: JSON.stringify(answers) }));
/** All stand-ins are at one place. */
export const smsUrl = url;
