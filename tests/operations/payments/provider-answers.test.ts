import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { getAccount } from "#app/domain/payments/account-page.server.ts";
import { applyCharge } from "#app/domain/payments/apply-charge.server.ts";
import { detachCard, finishCardSetup, openCardSetup } from "#app/domain/payments/change-cards.server.ts";
import { followProviderEvent } from "#app/domain/payments/follow-provider-event.server.ts";
import { keepCard } from "#app/domain/payments/keep-card.server.ts";
import { lookAfterCheckout } from "#app/domain/payments/look-after-checkout.server.ts";
import { getPaymentPage } from "#app/domain/payments/payment-page.server.ts";
import { ProviderUnreachable, type ChargeState, type CheckoutState, type PaymentProvider, type RefundState } from "#app/domain/payments/payment-provider.ts";
import { refreshPayment, settleCheckout } from "#app/domain/payments/refresh-payment.server.ts";
import { requestRefund } from "#app/domain/payments/request-refund.server.ts";
import { getRefundable } from "#app/domain/payments/school-payments-page.server.ts";
import { applyRefund, returnCharge, sendRefund } from "#app/domain/payments/send-refund.server.ts";
import { startCharge } from "#app/domain/payments/start-charge.server.ts";
import { getRefund } from "#db/refunds.ts";
import { insertProviderEvent } from "#db/provider-events.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { paymentMethods, payments, refunds } from "#db/schema/payments.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { deliveries } from "#tests/vendors/client.ts";
import { actorOf, makeGuardianship, makeUser, type TestContext } from "#tests/world.ts";
import { approved, bought, checkoutOf, entriesOf, jobOf, payingHome, payment, type PayingHome } from "./paying-family.ts";

/** The same context with a provider that answers some things so. */
const answering = (ctx: TestContext, answers: Partial<PaymentProvider>): TestContext => ({ ...ctx, payments: { ...ctx.payments, ...answers } });
const chargeOf = (paymentId: string, more: Partial<ChargeState> = {}): ChargeState => ({ intentRef: `pi_of_${paymentId}`, status: "succeeded", amount: { amount: 150_000, currency: "KES" }, paymentId, failureCode: null, ...more });
const checkoutState = (checkoutRef: string, more: Partial<CheckoutState> = {}): CheckoutState => ({ checkoutRef, url: null, status: "open", paymentId: null, customerRef: null, charge: null, setupRef: null, ...more });
const actsOn = async (at: PayingHome, subjectId: string) => (await at.ctx.db.select({ action: auditEvents.action }).from(auditEvents).where(eq(auditEvents.subjectId, subjectId))).map(({ action }) => action);
const admin = (at: PayingHome) => actorOf(at.ctx, at.adminId, { steppedUp: true });

test("PAY-1: a charge of another payment, or of one that we do not know, changes nothing and is logged", async () => {
  const at = await payingHome(null);
  const { paymentId } = await bought(at);
  const before = await payment(at, paymentId);
  const logged: string[] = [];
  const ctx = { ...at.ctx, log: (event: string) => void logged.push(event) };
  await applyCharge(ctx, paymentId, chargeOf("pay_of_another"));
  await applyCharge(ctx, "pay_unknown", chargeOf("pay_unknown"));
  expect(logged).toEqual(["payment.unknown_charge", "payment.unknown_charge"]);
  expect(await payment(at, paymentId)).toEqual(before);
});

test("PAY-1: a database that fails is not taken for somebody who was quicker", async () => {
  const at = await payingHome(null);
  const { paymentId } = await bought(at);
  const down = new Error("D1 is down");
  await expect(applyCharge(beforeCommit(at.ctx, () => Promise.reject(down)), paymentId, chargeOf(paymentId))).rejects.toBe(down);
  expect(await payment(at, paymentId)).toMatchObject({ status: "pending" });
});

test("PAY-1: a charge that fails without a word was refused; another amount is looked at once; a charge without a reference cannot go back", async () => {
  const at = await payingHome(null);
  const [refused, strange] = [await bought(at), await bought(at)];
  await applyCharge(at.ctx, refused.paymentId, chargeOf(refused.paymentId, { status: "failed" }));
  expect(await payment(at, refused.paymentId)).toMatchObject({ status: "failed", failureCode: "refused" });
  const other = chargeOf(strange.paymentId, { amount: { amount: 1, currency: "KES" } });
  for (let times = 0; times < 2; times++) await applyCharge(at.ctx, strange.paymentId, other);
  expect((await actsOn(at, strange.paymentId)).filter((action) => action === "payment.amount_differs")).toHaveLength(1);
  await applyCharge(at.ctx, refused.paymentId, chargeOf(refused.paymentId, { intentRef: null }));
  expect(await jobOf(at, "return-charge", refused.paymentId)).toEqual([]);
  // With one it goes back, once.
  for (let times = 0; times < 2; times++) await applyCharge(at.ctx, refused.paymentId, chargeOf(refused.paymentId));
  expect(await jobOf(at, "return-charge", refused.paymentId)).toHaveLength(1);
});

test("PAY-1: a charge that was not made after all is not sent back", async () => {
  const at = await payingHome();
  const refund: PaymentProvider["refund"] = () => Promise.reject(new Error("nothing to give back"));
  await expect(returnCharge(answering(at.ctx, { refund, fetchCharge: async () => chargeOf("pay_1", { status: "failed" }) }), "pi_1")).resolves.toBeUndefined();
  await expect(returnCharge(answering(at.ctx, { refund, fetchCharge: async () => chargeOf("pay_1") }), "pi_1")).rejects.toThrow("nothing to give back");
});

test("PAY-1: a card that is not there any more cannot be charged: the payment fails and says so", async () => {
  const at = await payingHome();
  const { paymentId } = await approved(at);
  await at.ctx.db.$client.prepare("DELETE FROM payment_customers WHERE user_id = ?").bind(at.guardianId).run();
  await startCharge(at.ctx, paymentId);
  expect(await payment(at, paymentId)).toMatchObject({ status: "failed", failureCode: "card_missing", intentRef: null });
});

test("PAY-5: a set-up page that the provider does not open, or that is left without a card, keeps none", async () => {
  const at = await payingHome();
  const nowhere = async () => checkoutState("cs_1", { customerRef: at.customer });
  await expect(openCardSetup(answering(at.ctx, { openCardSetup: nowhere }), at.guardian)).rejects.toMatchObject({ code: "provider_unavailable" });
  const cards = () => at.ctx.db.select().from(paymentMethods).where(eq(paymentMethods.userId, at.guardianId));
  await finishCardSetup(answering(at.ctx, { fetchCheckout: nowhere }), at.guardian, "cs_1");
  expect(await cards()).toHaveLength(1);
  await expect(finishCardSetup(answering(at.ctx, { fetchCheckout: nowhere }), at.other, "cs_1")).rejects.toMatchObject({ code: "not_found" });
});

test("PAY-5: a card is kept once, for a person we know; of one we never had nothing is taken away at the provider", async () => {
  const at = await payingHome(null);
  const card = { providerRef: `pm_${at.guardianId}`, customerRef: at.customer, brand: "visa", last4: "4242", expMonth: 12, expYear: 2030 };
  const cards = async () => (await at.ctx.db.select().from(paymentMethods).where(eq(paymentMethods.userId, at.guardianId))).length;
  const gives = (found: typeof card | null) => keepCard(answering(at.ctx, { fetchSetupCard: async () => found }), "seti_1");
  await gives(null);
  await gives({ ...card, customerRef: "cus_of_nobody" });
  expect(await cards()).toBe(0);
  for (let times = 0; times < 2; times++) await gives(card);
  expect(await cards()).toBe(1);
  const removed: string[] = [];
  const ctx = answering(at.ctx, { removeCard: async (ref) => void removed.push(ref) });
  await detachCard(ctx, "card_unknown");
  expect(removed).toEqual([]);
});

test("PAY-1: a webhook about nothing of ours is followed to nothing; one about a set-up keeps its card", async () => {
  const at = await payingHome(null);
  const kept: string[] = [];
  const follow = async (about: "charge" | "checkout", eventId: string, checkout: Partial<CheckoutState> = {}) => {
    await insertProviderEvent(at.ctx.db, { provider: "stripe", eventId: `${eventId}_${at.guardianId}`, type: "test", about, objectRef: "obj_1", receivedAt: 1 });
    const ctx = answering(at.ctx, {
      fetchCharge: async () => ({ ...chargeOf("pay_1"), paymentId: null }), fetchCheckout: async () => checkoutState("cs_1", checkout),
      fetchSetupCard: async (ref) => { kept.push(ref); return null; },
    });
    await followProviderEvent(ctx, "stripe", `${eventId}_${at.guardianId}`);
  };
  await expect(followProviderEvent(at.ctx, "stripe", "evt_unknown")).resolves.toBeUndefined();
  await follow("charge", "evt_charge");
  await follow("checkout", "evt_none");
  await follow("checkout", "evt_elsewhere", { paymentId: "pay_unknown" });
  expect(kept).toEqual([]);
  await follow("checkout", "evt_setup", { setupRef: "seti_1" });
  expect(kept).toEqual(["seti_1"]);
});

test("PAY-1: back from Checkout the page waits while the provider cannot be reached; what is over, and who may not pay, asks nobody", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  let asked = 0;
  const failing = (error: Error) => answering(at.ctx, { fetchCheckout: () => { asked++; return Promise.reject(error); } });
  expect(await lookAfterCheckout(failing(new Error("never asked")), at.guardian, paymentId)).toMatchObject({ status: "pending" });
  await checkoutOf(at, at.guardian, requestId);
  expect(await lookAfterCheckout(failing(new Error("never asked")), at.viewer, paymentId)).toMatchObject({ status: "pending", mayPay: false });
  expect(asked).toBe(0);
  expect(await lookAfterCheckout(failing(new ProviderUnreachable("down")), at.guardian, paymentId)).toMatchObject({ status: "pending" });
  await expect(lookAfterCheckout(failing(new Error("a bug")), at.guardian, paymentId)).rejects.toThrow("a bug");
});

test("PAY-1: a provider that opens no page is not there; a charge that went through while it was cancelled is the payment", async () => {
  const at = await payingHome(null);
  const { requestId } = await bought(at);
  const { openCheckout } = at.ctx.payments;
  const blind = answering(at.ctx, { openCheckout: async (asked) => ({ ...(await openCheckout(asked)), url: null }) });
  await expect(checkoutOf({ ...at, ctx: blind }, at.guardian, requestId)).rejects.toMatchObject({ code: "provider_unavailable" });

  const asked = await payingHome("pm_card_authenticationRequired");
  const bank = await bought(asked);
  const { intentRef } = await payment(asked, bank.paymentId);
  const cancelled = answering(asked.ctx, { cancelCharge: async () => chargeOf(bank.paymentId, { intentRef }) });
  await expect(checkoutOf({ ...asked, ctx: cancelled }, asked.guardian, bank.requestId)).rejects.toMatchObject({ code: "payment_in_progress" });
  expect(await payment(asked, bank.paymentId)).toMatchObject({ status: "succeeded", intentRef });
});

test("PAY-1: a Checkout that is complete while its charge is under way is waited for; whoever is quicker settles it once", async () => {
  const at = await payingHome(null);
  const { requestId, paymentId } = await bought(at);
  await checkoutOf(at, at.guardian, requestId);
  const before = await payment(at, paymentId);
  const complete = checkoutState(before.checkoutRef!, { status: "complete", paymentId, charge: chargeOf(paymentId, { status: "pending" }) });
  await settleCheckout(beforeCommit(at.ctx, () => settleCheckout(at.ctx, before, complete)), before, complete);
  const waiting = await payment(at, paymentId);
  expect(waiting).toMatchObject({ status: "processing", checkoutRef: null, intentRef: complete.charge!.intentRef });
  await refreshPayment(answering(at.ctx, { fetchCharge: async () => chargeOf(paymentId) }), paymentId);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
  expect(await entriesOf(at, paymentId)).toHaveLength(3);
  await expect(refreshPayment(at.ctx, "pay_unknown")).resolves.toBeUndefined();
});

test("PAY-1: what was paid in the very moment in which it is given up is paid", async () => {
  const at = await payingHome("pm_card_authenticationRequired");
  const { paymentId } = await bought(at);
  const { intentRef } = await payment(at, paymentId);
  at.ctx.setNow(at.ctx.clock.now() + 8 * DAY);
  await refreshPayment(answering(at.ctx, { cancelCharge: async () => chargeOf(paymentId, { intentRef }) }), paymentId);
  expect(await payment(at, paymentId)).toMatchObject({ status: "succeeded" });
});

test("PAY-10: of two who give a payment back at once the second is told so, and what was undone meanwhile is not given back", async () => {
  const at = await payingHome();
  const [first, second] = [await bought(at), await bought(at, 70_000)];
  const by = await admin(at);
  const ask = (ctx: TestContext, paymentId: string) => requestRefund(ctx, by, paymentId, { reason: "Ill" });
  await expect(ask(beforeCommit(at.ctx, () => ask(at.ctx, first.paymentId)), first.paymentId)).rejects.toMatchObject({ code: "conflict", reason: "refund_under_way" });
  const undone = () => at.ctx.db.update(payments).set({ status: "failed" }).where(eq(payments.id, second.paymentId));
  await expect(ask(beforeCommit(at.ctx, undone), second.paymentId)).rejects.toMatchObject({ code: "conflict", reason: "refund_not_paid" });
  expect(await at.ctx.db.select().from(refunds).where(eq(refunds.paymentId, second.paymentId))).toEqual([]);
});

test("PAY-10: what a school can still give back leaves out what was refused, and another school's payment is unknown", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const by = await admin(at);
  const part = async () => requestRefund(at.ctx, by, paymentId, { amount: { amount: 50_000, currency: "KES" }, reason: "A part" });
  const refused = await part();
  await at.ctx.db.update(refunds).set({ status: "failed" }).where(eq(refunds.id, refused));
  expect(await getRefundable(at.ctx, by, paymentId)).toMatchObject({ left: 150_000, refunds: [{ status: "failed" }] });
  const given = await part();
  expect(await getRefundable(at.ctx, by, paymentId)).toMatchObject({ left: 100_000 });
  expect(await getPaymentPage(at.ctx, at.guardian, paymentId)).toMatchObject({ refunded: 0, mayPay: true });
  await applyRefund(at.ctx, refundState(given, { amount: { amount: 50_000, currency: "KES" } }));
  expect(await getPaymentPage(at.ctx, at.guardian, paymentId)).toMatchObject({ refunded: 50_000, status: "succeeded" });
  await expect(getRefundable(at.ctx, await admin(await payingHome()), paymentId)).rejects.toMatchObject({ code: "not_found" });
});

const refundState = (refundId: string | null, more: Partial<RefundState> = {}): RefundState => ({ refundRef: `re_${refundId}`, refundId, status: "succeeded", amount: { amount: 150_000, currency: "KES" }, failureCode: null, ...more });

test("PAY-10: a refund told late, twice, of another amount or of nobody moves the books once or not at all", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const refundId = await requestRefund(at.ctx, await admin(at), paymentId, { reason: "Ill" });
  const logged: string[] = [];
  const ctx = { ...at.ctx, log: (event: string) => void logged.push(event) };
  await applyRefund(ctx, refundState(null));
  await applyRefund(ctx, refundState("refund_unknown"));
  for (const amount of [{ amount: 1, currency: "KES" }, { amount: 150_000, currency: "USD" }]) await applyRefund(ctx, refundState(refundId, { amount }));
  expect([logged, (await getRefund(at.ctx.db, refundId))!.status]).toEqual([["refund.amount_differs", "refund.amount_differs"], "pending"]);
  // Another tells it first; then again.
  await applyRefund(beforeCommit(at.ctx, () => applyRefund(at.ctx, refundState(refundId))), refundState(refundId));
  await applyRefund(at.ctx, refundState(refundId, { status: "failed" }));
  expect(await payment(at, paymentId)).toMatchObject({ status: "refunded" });
  expect(await entriesOf(at, paymentId)).toHaveLength(6);
});

test("PAY-10: a refund that the provider refuses without a word is refused", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const refundId = await requestRefund(at.ctx, await admin(at), paymentId, { reason: "Ill" });
  await applyRefund(at.ctx, refundState(refundId, { status: "failed" }));
  expect(await at.ctx.db.select({ status: refunds.status, code: refunds.failureCode }).from(refunds).where(eq(refunds.id, refundId))).toEqual([{ status: "failed", code: "refused" }]);
  expect(await at.ctx.db.select({ childId: auditEvents.childId }).from(auditEvents).where(and(eq(auditEvents.subjectId, paymentId), eq(auditEvents.action, "refund.failed")))).toEqual([{ childId: at.childId }]);
});

test("PAY-10: a refund that was sent is asked for by its own name, and after a day one whose answer was lost is looked for first", async () => {
  const at = await payingHome();
  const [one, two] = [await bought(at), await bought(at)];
  const by = await admin(at);
  const [named, lost] = [await requestRefund(at.ctx, by, one.paymentId, { reason: "Ill" }), await requestRefund(at.ctx, by, two.paymentId, { reason: "Ill" })];
  await at.ctx.db.update(refunds).set({ providerRef: "re_named" }).where(eq(refunds.id, named));
  const asked: string[] = [];
  const ctx = answering(at.ctx, {
    fetchRefund: async (ref) => { asked.push(`fetch ${ref}`); return refundState(named); },
    findRefund: async (id) => { asked.push(`find ${id}`); return null; },
    refund: async ({ refundId }) => { asked.push(`send ${refundId}`); return refundState(refundId); },
  });
  await sendRefund(ctx, named);
  at.ctx.setNow(at.ctx.clock.now() + DAY);
  await sendRefund(ctx, lost);
  await sendRefund(ctx, lost);
  expect(asked).toEqual(["fetch re_named", `find ${lost}`, `send ${lost}`]);
  for (const { paymentId } of [one, two]) expect(await payment(at, paymentId)).toMatchObject({ status: "refunded" });
});

test("PAY-10: a refund of what was never charged is a fault of ours, and nothing is sent", async () => {
  const at = await payingHome();
  const { paymentId } = await bought(at);
  const refundId = await requestRefund(at.ctx, await admin(at), paymentId, { reason: "Ill" });
  await at.ctx.db.update(payments).set({ intentRef: null }).where(eq(payments.id, paymentId));
  await expect(sendRefund(at.ctx, refundId)).rejects.toThrow("without a charge");
  expect(await deliveries(at.customer, "refund.created")).toEqual([]);
});

test("PAY-6: the account of a child without a family is told in shillings until it holds something else", async () => {
  const at = await payingHome(null);
  const childId = await makeUser(at.ctx, "child", "Lone");
  await makeGuardianship(at.ctx, at.guardianId, childId, { isPrimary: true });
  const account = async () => getAccount(at.ctx, await actorOf(at.ctx, at.guardianId), childId, { limit: 20 });
  expect(await account()).toMatchObject({ name: "Lone", minutes: 0, balance: { amount: 0, currency: "KES" }, entries: [] });
});
