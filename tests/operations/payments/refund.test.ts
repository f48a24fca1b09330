import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { requestRefund } from "#app/domain/payments/request-refund.server.ts";
import { getRefund } from "#db/refunds.ts";
import { budgetPeriods } from "#db/schema/budgets.ts";
import { choose, deliveries, settle } from "#tests/vendors/client.ts";
import { weekOf } from "#tests/operations/purchases/family-budget.ts";
import { actorOf, runJobs } from "#tests/world.ts";
import { bought, entriesOf, hear, losingOnce, payingHome, payment, type PayingHome } from "./paying-family.ts";

const admin = (at: PayingHome, steppedUp = true) => actorOf(at.ctx, at.adminId, { steppedUp });
const kes = (amount: number) => ({ amount, currency: "KES" });

test("PAY-10: a refund of the whole reverses the books and counts in the week in which it happens", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  at.ctx.setNow(at.ctx.clock.now() + 7 * DAY);
  await requestRefund(at.ctx, await admin(at), paymentId, { reason: "The course was cancelled" });
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "refunded" });
  expect((await entriesOf(at, paymentId)).slice(3).map(({ kind, debit, credit, amount }) => [kind, debit, credit, amount])).toEqual([
    ["refund_of_hours", `school:${at.schoolId}`, `student:${at.childId}`, 600],
    ["refund_of_purchase", `student:${at.childId}`, `school:${at.schoolId}`, 150_000],
    ["refund_of_payment", "provider:stripe", `student:${at.childId}`, 150_000],
  ]);
  expect(await weekOf(at)).toMatchObject({ reserved: 0, spent: -150_000 });
  const weeks = await at.ctx.db.select().from(budgetPeriods).where(eq(budgetPeriods.childId, at.childId)).orderBy(budgetPeriods.startsOn);
  expect(weeks.filter(({ kind }) => kind === "week").map(({ startsOn, spent }) => [startsOn, spent])).toEqual([["2026-11-23", 150_000], ["2026-11-30", -150_000]]);
});

test("PAY-10: parts go back one after another, hours in proportion, never more than came in", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const by = await admin(at);
  await requestRefund(at.ctx, by, paymentId, { amount: kes(50_001), reason: "One lesson" });
  await expect(requestRefund(at.ctx, by, paymentId, { amount: kes(1), reason: "Too early" })).rejects.toMatchObject({ code: "conflict", reason: "refund_under_way" });
  await runJobs(at.ctx);
  await expect(requestRefund(at.ctx, by, paymentId, { amount: kes(100_000), reason: "Too much" })).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "amount", message: "refund_too_large" }] });
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  await requestRefund(at.ctx, by, paymentId, { reason: "The rest" });
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "refunded" });
  const back = (await entriesOf(at, paymentId)).filter(({ kind }) => kind === "refund_of_hours").map(({ amount }) => amount);
  expect(back).toEqual([200, 400]);
  await expect(requestRefund(at.ctx, by, paymentId, { reason: "Once more" })).rejects.toMatchObject({ code: "conflict" });
});

test("PAY-10: a refund that the bank takes days for is settled by its webhook, once", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  await choose(at.customer, { payment: "processing", webhook: "duplicate" });
  const refundId = await requestRefund(at.ctx, await admin(at), paymentId, { reason: "Ill" });
  await runJobs(at.ctx);
  const refund = await getRefund(at.ctx.db, refundId);
  expect(refund).toMatchObject({ status: "pending", providerRef: expect.stringMatching(/^re_/) });
  await settle({ refund: refund!.providerRef! });
  expect(await hear(at, "refund.updated")).toEqual(["stored", "known", "known"]);
  expect(await getRefund(at.ctx.db, refundId)).toMatchObject({ status: "succeeded" });
  expect(await entriesOf(at, paymentId)).toHaveLength(6);
});

test("PAY-10: a refund that the bank refuses leaves the books alone and can be asked again", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  await choose(at.customer, { payment: "processing" });
  const by = await admin(at);
  const refundId = await requestRefund(at.ctx, by, paymentId, { reason: "Ill" });
  await runJobs(at.ctx);
  await settle({ refund: (await getRefund(at.ctx.db, refundId))!.providerRef! }, "fail");
  await hear(at, "refund.failed");
  expect(await getRefund(at.ctx.db, refundId)).toMatchObject({ status: "failed" });
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
  await choose(at.customer, { payment: "as_card" });
  await requestRefund(at.ctx, by, paymentId, { reason: "Again" });
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "refunded" });
});

test("PAY-10: a lost answer to a refund sends the money back once", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const { payments } = at.ctx;
  at.ctx.payments = { ...payments, refund: losingOnce(payments.refund) };
  await requestRefund(at.ctx, await admin(at), paymentId, { reason: "Ill" });
  await runJobs(at.ctx);
  at.ctx.setNow(at.ctx.clock.now() + 60_000);
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "refunded" });
  expect(await deliveries(at.customer, "refund.created")).toHaveLength(1);
});

test("PAY-10: only the school's administrator, stepped up, gives back", async () => {
  const [at, elsewhere] = [await payingHome(), await payingHome()];
  const { paymentId } = await bought(at);
  const ask = { reason: "Ill" };
  await expect(requestRefund(at.ctx, await admin(at, false), paymentId, ask)).rejects.toMatchObject({ code: "step_up_required" });
  await expect(requestRefund(at.ctx, at.guardian, paymentId, ask)).rejects.toMatchObject({ code: "forbidden" });
  await expect(requestRefund(at.ctx, await admin(elsewhere), paymentId, ask)).rejects.toMatchObject({ code: "not_found" });
  await expect(requestRefund(at.ctx, await admin(at), paymentId, { ...ask, amount: { amount: 1, currency: "USD" } })).rejects.toMatchObject({ code: "invalid_input" });
});
