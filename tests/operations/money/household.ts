import { env } from "cloudflare:workers";
import type { Actor } from "#app/domain/actor.ts";
import type { Delivery } from "#tests/vendors/stripe/deliveries.ts";
import { saveCard } from "#tests/operations/payments/paying-family.ts";
import { choose, deliveriesAfter } from "#tests/vendors/client.ts";
import { actorOf, makeFamily, makeGuardianship, makePlan, makeUser, testContext, type Family, type TestContext } from "#tests/world.ts";
import { PRICES } from "./acts.ts";

export const { DB } = env as unknown as { DB: D1Database };

/** Wednesday 3 January 2024, noon in Nairobi: so far back that the provider's clock, which is the real one, is always ahead. */
const START = Date.parse("2024-01-03T09:00:00Z");

/** A child, four guardians who may approve (the first is the primary), a school with four plans, and what the vendor sends them. */
export type Household = Family & {
  ctx: TestContext; guardians: Actor[]; child: Actor; admin: Actor; planIds: string[]; customers: string[];
  /** Webhooks that were sent, in their order; whether and when they arrive is the story's. */
  mail: Delivery[];
  /** Pages of the provider where somebody could pay. */
  checkouts: string[];
};

export async function makeHousehold(cards: number[]): Promise<Household> {
  await forgetOthers();
  const ctx = testContext(START);
  const family = await makeFamily(ctx);
  const more = [await makeUser(ctx, "adult", "Third guardian"), await makeUser(ctx, "adult", "Fourth guardian")];
  for (const [index, userId] of more.entries()) await makeGuardianship(ctx, userId, family.childId, { contactPriority: 4 + index });
  const steppedUp = (userId: string) => actorOf(ctx, userId, { steppedUp: true });
  const guardians = await Promise.all([family.guardianId, family.otherGuardianId, ...more].map(steppedUp));
  const customers = await Promise.all(cards.map((index) => saveCard(ctx, guardians[index]!, "pm_card_visa")));
  const planIds: string[] = [];
  for (const [index, price] of PRICES.entries()) planIds.push(await makePlan(ctx, family.schoolId, price, [60, 95, null, 600][index]));
  return { ...family, ctx, guardians, child: await actorOf(ctx, family.childId), admin: await steppedUp(family.adminId), planIds, customers, mail: [], checkouts: [] };
}

/** Of an earlier story that was broken off nothing may be left for the sweeps and the queue of this one. */
const forgetOthers = () => DB.batch([
  DB.prepare("DELETE FROM jobs"),
  DB.prepare("UPDATE payments SET check_at = NULL"),
  DB.prepare("UPDATE refunds SET status = 'failed' WHERE status = 'pending'"),
  DB.prepare("UPDATE purchase_requests SET status = 'expired' WHERE status = 'pending'"),
]);

export type Standing = {
  requests: { id: string; status: string }[];
  payments: { id: string; requestId: string; status: string; intentRef: string | null; amount: number }[];
  refunds: { providerRef: string }[];
};

/** What is there for the next acts to be about, the newest first. */
export async function lookRound(home: Household): Promise<Standing> {
  // Whoever pays by Checkout becomes known to the provider then.
  const [requests, payments, refunds, customers] = await DB.batch<never>([
    DB.prepare("SELECT id, status FROM purchase_requests WHERE student_id = ? ORDER BY id DESC").bind(home.childId),
    DB.prepare("SELECT id, request_id AS requestId, status, intent_ref AS intentRef, amount FROM payments WHERE student_id = ? ORDER BY id DESC").bind(home.childId),
    DB.prepare("SELECT r.provider_ref AS providerRef FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE p.student_id = ? AND r.status = 'pending' AND r.provider_ref IS NOT NULL").bind(home.childId),
    DB.prepare("SELECT customer_ref AS ref FROM payment_customers WHERE user_id IN (SELECT guardian_id FROM guardianships WHERE child_id = ?)").bind(home.childId),
  ]);
  home.customers = (customers!.results as { ref: string }[]).map(({ ref }) => ref);
  return { requests: requests!.results, payments: payments!.results, refunds: refunds!.results };
}

/** The webhooks that were sent since. */
export async function emptyLetterBox(home: Household): Promise<void> {
  if (home.customers.length) home.mail.push(...(await deliveriesAfter(home.customers, home.mail.at(-1)?.id ?? null)));
}

export const setMood = (home: Household, payment: "as_card" | "decline" | "authentication" | "processing" | "lost_answer") => Promise.all(home.customers.map((customer) => choose(customer, { payment })));
