import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { refreshPayment } from "#app/domain/payments/refresh-payment.server.ts";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import { payments } from "#db/schema/payments.ts";
import { reconcilePayments } from "#worker/crons/reconcile-payments.ts";
import { choose, deliveries, payAt } from "#tests/vendors/client.ts";
import { weekOf } from "#tests/operations/purchases/family-budget.ts";
import { runJobs } from "#tests/world.ts";
import { approved, bought, checkoutOf, entriesOf, hear, payingHome, payment, reservationOf } from "./paying-family.ts";

const GOOD = "4242424242424242";
const BAD = "4000000000000002";

test("PAY-1: without a card a guardian pays by Checkout, and the webhook captures", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  const page = await checkoutOf(at, at.guardian, requestId);
  expect(await payAt(page, GOOD)).toEqual({ status: 303, location: `http://localhost/finance/pay/${paymentId}?returned=1` });
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending" });
  await hear(at, "checkout.session.completed");
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded", payerId: at.guardianId });
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
  expect(await reservationOf(at, requestId)).toMatchObject({ status: "captured" });
});

test("PAY-1: a card declined inside Checkout is not the end: another may follow there", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  const page = await checkoutOf(at, at.guardian, requestId);
  expect((await payAt(page, BAD)).status).toBe(402);
  await hear(at, "payment_intent.payment_failed");
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending" });
  await payAt(page, GOOD);
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
});

test("PAY-1: back from Checkout the page asks the provider itself, before any webhook", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  await payAt(await checkoutOf(at, at.guardian, requestId), GOOD);
  await refreshPayment(at.ctx, paymentId);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-1: of two Checkouts the second closes the first, and one that was just paid wins", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  const first = await checkoutOf(at, at.guardian, requestId);
  const second = await checkoutOf(at, at.other, requestId);
  expect((await payAt(first, GOOD)).status).toBe(410);
  await payAt(second, GOOD);
  await expect(checkoutOf(at, at.guardian, requestId)).rejects.toMatchObject({ code: "payment_in_progress" });
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded", payerId: at.otherGuardianId });
});

test("PAY-1: two guardians who open Checkout in the same moment get one", async () => {
  const at = await payingHome(null);
  const { requestId } = await bought(at);
  const outcomes = await Promise.allSettled([checkoutOf(at, at.guardian, requestId), checkoutOf(at, at.other, requestId)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "payment_in_progress" } });
});

test("PAY-1: money for what is already paid goes back, once", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  const page = await checkoutOf(at, at.guardian, requestId);
  const orphan = await at.ctx.payments.openCheckout({ paymentId, attempt: 99, amount: { amount: 150_000, currency: "KES" }, customerRef: at.customer, description: "Forgotten", returnTo: "http://localhost/" });
  await payAt(page, GOOD);
  await payAt(orphan.url!, GOOD);
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
  expect(await deliveries(at.customer, "refund.created")).toHaveLength(1);
});

test("PAY-1: a Checkout that ran out unpaid can be opened again", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  await checkoutOf(at, at.guardian, requestId);
  await at.ctx.payments.expireCheckout((await payment(at, paymentId)).checkoutRef!);
  await hear(at, "checkout.session.expired");
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending", checkoutRef: null });
  await payAt(await checkoutOf(at, at.guardian, requestId), GOOD);
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-1: a Checkout that the provider does not know any more is replaced", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  await checkoutOf(at, at.guardian, requestId);
  await at.ctx.db.update(payments).set({ checkoutRef: `cs_test_gone_${paymentId}` }).where(eq(payments.id, paymentId));
  await payAt(await checkoutOf(at, at.guardian, requestId), GOOD);
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-1: an open Checkout that is never paid is closed before the payment is given up", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  const page = await checkoutOf(at, at.guardian, requestId);
  at.ctx.setNow(at.ctx.clock.now() + 8 * DAY);
  await reconcilePayments(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "failed", failureCode: "not_paid_in_time" });
  expect((await payAt(page, GOOD)).status).toBe(410);
});

test("PAY-1: the cardholder comes back: the refused charge is cancelled and Checkout takes its place", async () => {
  const at = await payingHome("pm_card_authenticationRequired");
  const { requestId, paymentId } = await bought(at);
  const before = await payment(at, paymentId);
  const page = await checkoutOf(at, at.guardian, requestId);
  expect(await at.ctx.payments.fetchCharge(before.intentRef!)).toMatchObject({ status: "failed" });
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending" });
  await payAt(page, "4000002760003184", "/confirm");
  await hear(at);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-1: while the card is being charged nobody can open Checkout", async () => {
  const at = await payingHome();
  await choose(at.customer, { payment: "processing" });
  const { requestId } = await bought(at);
  await expect(checkoutOf(at, at.guardian, requestId)).rejects.toMatchObject({ code: "payment_in_progress" });
});

test("PAY-1: who opens Checkout before the job charges the card pays there, and the card stays untouched", async () => {
  const at = await payingHome();
  const { requestId, paymentId } = await approved(at);
  const page = await checkoutOf(at, at.guardian, requestId);
  await runJobs(at.ctx);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending" });
  await payAt(page, GOOD);
  await hear(at);
  expect(await deliveries(at.customer, "payment_intent.succeeded")).toHaveLength(1);
});

test("PAY-1: after a failure the purchase can be paid anew, with a new reservation", async () => {
  const at = await payingHome("pm_card_chargeCustomerFail");
  const { requestId, paymentId } = await bought(at);
  const { paymentId: again, checkoutUrl } = await startPayment(at.ctx, at.guardian, requestId, { with: "checkout" });
  expect(again).not.toBe(paymentId);
  expect(await weekOf(at)).toMatchObject({ reserved: 150_000, spent: 0 });
  expect(checkoutUrl).toBe((await payment(at, again)).checkoutUrl);
  await payAt(checkoutUrl!, GOOD);
  await hear(at);
  expect(await payment(at, again)).toMatchObject({ status: "succeeded" });
  expect(await payment(at, paymentId)).toMatchObject({ status: "failed" });
  expect(await weekOf(at)).toMatchObject({ reserved: 0, spent: 150_000 });
});

test("PAY-1: a stranger's payment is not found, and who may only view may not pay", async () => {
  const [at, elsewhere] = [await payingHome(null), await payingHome(null)];
  const { requestId } = await bought(at);
  await expect(checkoutOf(at, elsewhere.guardian, requestId)).rejects.toMatchObject({ code: "not_found" });
  await expect(checkoutOf(at, at.viewer, requestId)).rejects.toMatchObject({ code: "forbidden" });
});
