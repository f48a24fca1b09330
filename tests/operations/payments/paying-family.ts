import { eq } from "drizzle-orm";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { customerOf } from "#app/domain/payments/customer.server.ts";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import { commit } from "#db/client.ts";
import { insertMethod, selectCustomer } from "#db/payment-methods.ts";
import { getPayment, type PaymentFor } from "#db/payments.ts";
import { jobs } from "#db/schema/operation.ts";
import { ledgerEntries, payments } from "#db/schema/payments.ts";
import { reservations } from "#db/schema/purchases.ts";
import { receiveProviderEvent } from "#app/domain/payments/receive-provider-event.server.ts";
import { askFor, home, type Home } from "#tests/operations/purchases/family-budget.ts";
import { attachCard, deliveries } from "#tests/vendors/client.ts";
import { runJobs } from "#tests/world.ts";

export type PayingHome = Home & { customer: string };

/** A family whose primary guardian is known to the provider, with that test card saved, or none. */
export async function payingHome(card: string | null = "pm_card_visa"): Promise<PayingHome> {
  const at = await home();
  return { ...at, customer: card ? await saveCard(at.ctx, at.guardian, card) : await customerFor(at.ctx, at.guardian) };
}

/** The name by which the provider knows that person. */
async function customerFor(ctx: AppContext, owner: Pick<Actor, "userId" | "name" | "email">): Promise<string> {
  const [known] = await selectCustomer(ctx.db, owner.userId);
  const { customerRef, writes } = await customerOf(ctx, owner, known);
  if (writes.length > 0) await commit(ctx.db, writes);
  return customerRef;
}

/** Where that guardian pays at the provider's. */
export const checkoutOf = async (at: Home, by: Actor, requestId: string): Promise<string> => (await startPayment(at.ctx, by, requestId, { with: "checkout" })).checkoutUrl!;

/** A test card saved for that person, their default if it is the first; answers the name by which the provider knows them. */
export async function saveCard(ctx: AppContext, owner: Pick<Actor, "userId" | "name" | "email">, card: string): Promise<string> {
  const customer = await customerFor(ctx, owner);
  const providerRef = await attachCard(customer, card);
  await insertMethod(ctx.db, { id: ctx.ids.make("card"), userId: owner.userId, provider: "stripe", providerRef, brand: "visa", last4: "4242", expMonth: 12, expYear: 2030, createdAt: ctx.clock.now() });
  return customer;
}

/** The child asks, the guardian approves; nothing has been sent to the provider yet. */
export async function approved(at: PayingHome, price = 150_000): Promise<{ requestId: string; paymentId: string }> {
  const requestId = await askFor(at, price);
  await approvePurchase(at.ctx, at.guardian, requestId, { allowOverLimit: false });
  const payment = await at.ctx.db.select({ id: payments.id }).from(payments).where(eq(payments.requestId, requestId)).get();
  return { requestId, paymentId: payment!.id };
}

/** The same, and the card was charged. */
export async function bought(at: PayingHome, price = 150_000) {
  const purchase = await approved(at, price);
  await runJobs(at.ctx);
  return purchase;
}

export const payment = async (at: Home, id: string): Promise<PaymentFor> => (await getPayment(at.ctx.db, id))!;
export const entriesOf = (at: Home, paymentId: string) => at.ctx.db.select().from(ledgerEntries).where(eq(ledgerEntries.paymentId, paymentId)).orderBy(ledgerEntries.id);
export const reservationOf = async (at: Home, requestId: string) => (await at.ctx.db.select().from(reservations).where(eq(reservations.requestId, requestId)).get())!;
export const jobOf = async (at: Home, kind: string, about: string) => (await at.ctx.db.select().from(jobs).where(eq(jobs.kind, kind))).filter((job) => JSON.stringify(job.payload).includes(about));

/** Takes in all that the vendor sent about this customer, and does the work that follows. */
export async function hear(at: PayingHome, type?: string): Promise<string[]> {
  const heard: string[] = [];
  for (const { payload, signature } of await deliveries(at.customer, type)) heard.push(await receiveProviderEvent(at.ctx, payload, signature));
  await runJobs(at.ctx);
  return heard;
}

/** The first time it is done and its answer is lost, as when the isolate dies. */
export function losingOnce<Asked extends unknown[], Answer>(act: (...asked: Asked) => Promise<Answer>): (...asked: Asked) => Promise<Answer> {
  let lost = false;
  return async (...asked) => {
    const answer = await act(...asked);
    if (lost) return answer;
    lost = true;
    throw new Error("the isolate died");
  };
}
