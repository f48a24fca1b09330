import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { jobs } from "#db/schema/operation.ts";
import { providerEvents } from "#db/schema/payments.ts";
import { choose, deliveries } from "#tests/vendors/client.ts";
import { bought, payingHome, type PayingHome } from "#tests/operations/payments/paying-family.ts";
import { send } from "#tests/world.ts";

const post = (payload: string, signature: string | null) => send("POST", "/hooks/stripe", { text: payload, headers: signature === null ? {} : { "Stripe-Signature": signature } });
const stored = (at: PayingHome, id: string) => at.ctx.db.select().from(providerEvents).where(eq(providerEvents.eventId, id));

async function one(at: PayingHome, type: string) {
  const [delivery] = await deliveries(at.customer, type);
  if (!delivery) throw new Error(`no ${type}`);
  return delivery;
}

test("PAY-1: a signed webhook is stored once, with one job, and always answered 200", async () => {
  const at = await payingHome();
  await bought(at);
  const { id, payload, signature } = await one(at, "payment_intent.succeeded");
  const answers = await Promise.all([post(payload, signature), post(payload, signature), post(payload, signature)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await stored(at, id)).toMatchObject([{ type: "payment_intent.succeeded", about: "charge" }]);
  const planned = await at.ctx.db.select().from(jobs).where(eq(jobs.kind, "follow-provider-event"));
  expect(planned.filter((job) => JSON.stringify(job.payload).includes(id))).toHaveLength(1);
});

test.each(["forged", "stale"] as const)("PAY-1: a %s webhook is refused and nothing is stored", async (webhook) => {
  const at = await payingHome();
  await choose(at.customer, { webhook });
  await bought(at);
  const { id, payload, signature } = await one(at, "payment_intent.succeeded");
  const answer = await post(payload, signature);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "invalid_signature" });
  expect(await stored(at, id)).toEqual([]);
});

test("PAY-1: a webhook without signature, or with one changed letter, is refused", async () => {
  const at = await payingHome();
  await bought(at);
  const { payload, signature } = await one(at, "payment_intent.succeeded");
  expect((await post(payload, null)).status).toBe(400);
  expect((await post(payload.replace("succeeded", "Succeeded"), signature)).status).toBe(400);
  expect((await post(payload, signature.replace(/v1=./, "v1="))).status).toBe(400);
});

test("PAY-1: an event that is not followed is answered 200 and not stored", async () => {
  const at = await payingHome();
  await bought(at);
  const { id, payload, signature } = await one(at, "charge.succeeded");
  expect((await post(payload, signature)).status).toBe(200);
  expect(await stored(at, id)).toEqual([]);
});

test("PAY-1: a webhook of more than 1 MB is turned away", async () => {
  expect((await post("x".repeat(1024 * 1024 + 1), "t=1,v1=00")).status).toBe(413);
});
