import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#app/domain/clock.ts";
import { applyCharge } from "#app/domain/payments/apply-charge.server.ts";
import { reconcilePayments } from "#worker/crons/reconcile-payments.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { notifications } from "#db/schema/notifications.ts";
import { ledgerBalances } from "#db/schema/payments.ts";
import { choose, deliveries, settle } from "#tests/vendors/client.ts";
import { weekOf } from "#tests/operations/purchases/family-budget.ts";
import { runJobs } from "#tests/world.ts";
import { approved, bought, entriesOf, hear, jobOf, losingOnce, payingHome, payment, reservationOf } from "./paying-family.ts";

test("PAY-1: an approved purchase charges the saved card, and budget, account, ledger and audit agree", async () => {
  const at = await payingHome();
  const { requestId, paymentId } = await bought(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded", checkAt: null, intentRef: expect.stringMatching(/^pi_/) });
  expect((await entriesOf(at, paymentId)).map(({ kind, debit, credit, amount, unit }) => [kind, debit, credit, amount, unit])).toEqual([
    ["payment", `student:${at.childId}`, "provider:stripe", 150_000, "KES"],
    ["purchase", `school:${at.schoolId}`, `student:${at.childId}`, 150_000, "KES"],
    ["hours", `student:${at.childId}`, `school:${at.schoolId}`, 600, "minutes"],
  ]);
  expect(await reservationOf(at, requestId)).toMatchObject({ status: "captured" });
  expect(await weekOf(at)).toMatchObject({ reserved: 0, spent: 150_000 });
  const balances = await at.ctx.db.select().from(ledgerBalances).where(eq(ledgerBalances.account, `student:${at.childId}`)).orderBy(ledgerBalances.unit);
  expect(balances.map(({ unit, balance }) => [unit, balance])).toEqual([["KES", 0], ["minutes", 600]]);
  const acts = await at.ctx.db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, paymentId));
  expect(acts.map(({ action }) => action)).toContain("payment.succeeded");
  const told = await at.ctx.db.select().from(notifications).where(eq(notifications.cause, `${paymentId}.payment.succeeded`));
  expect(told.map(({ userId }) => userId).sort()).toEqual([at.guardianId, at.otherGuardianId, at.childId].sort());
});

test("PAY-1: a declined card gives the budget back, and guardians and child are told", async () => {
  const at = await payingHome("pm_card_chargeCustomerFail");
  const { requestId, paymentId } = await bought(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "failed", failureCode: "generic_decline" });
  expect(await reservationOf(at, requestId)).toMatchObject({ status: "released" });
  expect(await weekOf(at)).toMatchObject({ reserved: 0, spent: 0 });
  expect(await entriesOf(at, paymentId)).toEqual([]);
  const told = await at.ctx.db.select().from(notifications).where(eq(notifications.cause, `${paymentId}.payment.failed`));
  expect(told.find(({ userId }) => userId === at.childId)?.path).toBe(`/requests/${requestId}`);
  expect(told.find(({ userId }) => userId === at.otherGuardianId)?.path).toBe(`/finance/pay/${paymentId}`);
  expect(told.some(({ userId }) => userId === at.viewerId)).toBe(false);
});

test("PAY-1: a webhook that arrives three times captures once", async () => {
  const at = await payingHome();
  await choose(at.customer, { webhook: "duplicate" });
  const { paymentId } = await bought(at);
  const heard = await hear(at, "payment_intent.succeeded");
  expect(heard).toEqual(["stored", "known", "known"]);
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
  expect(await weekOf(at)).toMatchObject({ spent: 150_000 });
});

test("PAY-1: webhooks in the wrong order end in the same state", async () => {
  const at = await payingHome();
  await choose(at.customer, { webhook: "reordered", payment: "processing" });
  const { paymentId } = await bought(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "processing" });
  await settle({ intent: (await payment(at, paymentId)).intentRef! });
  const types = (await deliveries(at.customer)).map(({ type }) => type);
  expect(types.indexOf("payment_intent.succeeded")).toBeLessThan(types.indexOf("payment_intent.created"));
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
});

test("PAY-1: a lost webhook is found by the sweep", async () => {
  const at = await payingHome();
  await choose(at.customer, { webhook: "lost", payment: "processing" });
  const { paymentId } = await bought(at);
  await settle({ intent: (await payment(at, paymentId)).intentRef! });
  expect(await hear(at)).not.toContain("stored");
  await reconcilePayments(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "processing" });
  at.ctx.setNow(at.ctx.clock.now() + 3 * MINUTE);
  await reconcilePayments(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-1: a lost answer leaves the payment open; asking again under the same key charges once", async () => {
  const at = await payingHome();
  await choose(at.customer, { payment: "lost_answer" });
  const { paymentId } = await approved(at);
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "processing", intentRef: null });
  expect(await jobOf(at, "start-charge", paymentId)).toMatchObject([{ status: "waiting", attempts: 1 }]);
  at.ctx.setNow(at.ctx.clock.now() + MINUTE);
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  expect(await deliveries(at.customer, "payment_intent.succeeded")).toHaveLength(1);
});

test("PAY-1: a crash after the charge and before our commit is mended by running the job again", async () => {
  const at = await payingHome();
  const { paymentId } = await approved(at);
  const { payments } = at.ctx;
  at.ctx.payments = { ...payments, chargeSavedCard: losingOnce(payments.chargeSavedCard) };
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "processing", intentRef: null });
  at.ctx.setNow(at.ctx.clock.now() + MINUTE);
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  expect(await deliveries(at.customer, "payment_intent.succeeded")).toHaveLength(1);
});

test("PAY-1: after a day the key is forgotten: what became of the charge is looked up, not sent again", async () => {
  const at = await payingHome();
  at.ctx.setNow(Date.now()); // the stand-in dates its objects by the real clock
  await choose(at.customer, { payment: "lost_answer", webhook: "lost" });
  const { paymentId } = await bought(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "processing", intentRef: null });
  at.ctx.setNow(Date.now() + DAY);
  await reconcilePayments(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-1: when the bank wants the cardholder, the payment stays open and the guardians are asked", async () => {
  const at = await payingHome("pm_card_authenticationRequired");
  const { requestId, paymentId } = await bought(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending", failureCode: "authentication_required" });
  expect(await reservationOf(at, requestId)).toMatchObject({ status: "held" });
  const told = await at.ctx.db.select().from(notifications).where(eq(notifications.cause, `${paymentId}.cardholder`));
  expect(told.map(({ userId }) => userId).sort()).toEqual([at.guardianId, at.otherGuardianId].sort());
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending", failureCode: "authentication_required" });
});

test("PAY-1: success is sticky, and another amount than ours is never captured", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const paid = await payment(at, paymentId);
  const charge = { intentRef: paid.intentRef!, amount: { amount: 150_000, currency: "KES" }, paymentId, failureCode: null };
  await applyCharge(at.ctx, paymentId, { ...charge, status: "failed", failureCode: "generic_decline" });
  await applyCharge(at.ctx, paymentId, { ...charge, status: "succeeded" });
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded", revision: paid.revision });

  const second = await approved(at);
  await applyCharge(at.ctx, second.paymentId, { ...charge, paymentId: second.paymentId, intentRef: "pi_other_amount_" + second.paymentId, status: "succeeded", amount: { amount: 1, currency: "KES" } });
  expect(await payment(at, second.paymentId)).toMatchObject({ status: "processing", failureCode: "amount_differs" });
  expect(await entriesOf(at, second.paymentId)).toEqual([]);
});

test("PAY-1: the same success from four sides at once is captured once", async () => {
  const at = await payingHome();
  await choose(at.customer, { payment: "processing" });
  const { paymentId } = await bought(at);
  const { intentRef } = await payment(at, paymentId);
  await settle({ intent: intentRef! });
  const charge = await at.ctx.payments.fetchCharge(intentRef!);
  await Promise.all([1, 2, 3, 4].map(() => applyCharge(at.ctx, paymentId, charge)));
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
  expect(await weekOf(at)).toMatchObject({ reserved: 0, spent: 150_000 });
});

test("PAY-1: what nobody pays within seven days is given up and its budget given back", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending", methodId: null });
  at.ctx.setNow(at.ctx.clock.now() + 7 * DAY - HOUR);
  await reconcilePayments(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending" });
  at.ctx.setNow(at.ctx.clock.now() + 8 * HOUR);
  await reconcilePayments(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "failed", failureCode: "not_paid_in_time" });
  expect(await reservationOf(at, requestId)).toMatchObject({ status: "released" });
});
