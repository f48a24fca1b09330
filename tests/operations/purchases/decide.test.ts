import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { HOUR } from "#app/domain/clock.ts";
import { DomainError } from "#app/domain/errors.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { denyPurchase } from "#app/domain/purchases/deny-purchase.server.ts";
import { expirePurchases, remindDeciders } from "#app/domain/purchases/expire-purchases.server.ts";
import { renewPurchase } from "#app/domain/purchases/renew-purchase.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { reserveAgain } from "#app/domain/purchases/reserve-again.server.ts";
import { getOfferPage } from "#app/domain/purchases/shop-page.server.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { notifications } from "#db/schema/notifications.ts";
import { payments } from "#db/schema/payments.ts";
import { families } from "#db/schema/families.ts";
import { reservations } from "#db/schema/purchases.ts";
import { plans } from "#db/schema/schools.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { actorOf, makePlan, makeSchool, makeUser, NOON } from "#tests/world.ts";
import { askFor, home, purchase, setRule, weekOf, type Home } from "./family-budget.ts";

const refusal = async (act: Promise<unknown>) => {
  const error = await act.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
};
const actions = async (at: Home, id: string) => (await at.ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map((event) => event.action).sort();

test("PUR-2: the rule approves what is small, holds the budget and says that the rule decided", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 5000, auto: 1000 });
  const id = await askFor(at, 1000);
  expect(await purchase(at, id)).toMatchObject({ status: "approved", band: "automatic", decisions: [{ by: "rule", outcome: "approved" }], payment: { status: "pending" } });
  expect(await weekOf(at)).toMatchObject({ reserved: 1000, left: 4000 });
  expect(await actions(at, id)).toEqual(["purchase.approved", "purchase.asked"]);
});

test("PUR-2: what would pass a limit waits for a guardian, however small", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 1500, auto: 1000 });
  await askFor(at, 1000);
  expect(await purchase(at, await askFor(at, 600))).toMatchObject({ status: "pending", band: "single", overLimit: true });
});

test("PUR-3: an approval needs a step-up; a denial does not", async () => {
  const at = await home();
  const id = await askFor(at, 700);
  const plain = await actorOf(at.ctx, at.guardianId);
  expect(await refusal(approvePurchase(at.ctx, plain, id, { allowOverLimit: false }))).toMatchObject({ code: "step_up_required" });
  await denyPurchase(at.ctx, plain, id, { reason: "Not this month" });
  expect(await purchase(at, id)).toMatchObject({ status: "denied", payment: null, decisions: [{ by: at.guardianId, outcome: "denied", note: "Not this month" }] });
  expect(await weekOf(at)).toMatchObject({ reserved: 0 });
});

test("PUR-3: the first valid decision wins; the second hears who decided", async () => {
  const at = await home();
  const id = await askFor(at, 700);
  const results = await Promise.allSettled([approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false }), denyPurchase(at.ctx, at.other, id, { reason: "No" }), approvePurchase(at.ctx, at.other, id, { allowOverLimit: false })]);
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", extra: { decidedBy: expect.stringMatching(/^user_/) } });
  expect((await purchase(at, id)).decisions).toHaveLength(1);
  expect(await at.ctx.db.select().from(payments).where(eq(payments.requestId, id))).toHaveLength((await purchase(at, id)).status === "approved" ? 1 : 0);
});

test("PUR-3: over a limit only by an override that is recorded, for that request only", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 1000 });
  const [first, second] = [await askFor(at, 1500), await askFor(at, 100)];
  expect(await refusal(approvePurchase(at.ctx, at.other, first, { allowOverLimit: false }))).toMatchObject({ code: "over_limit", extra: { budgetEffect: [{ overBy: { amount: 500, currency: "KES" } }] } });
  await approvePurchase(at.ctx, at.other, first, { allowOverLimit: true });
  expect((await purchase(at, first)).decisions).toMatchObject([{ overLimit: true }]);
  expect(await weekOf(at)).toMatchObject({ left: 0, over: 500 });
  expect(await refusal(approvePurchase(at.ctx, at.other, second, { allowOverLimit: false }))).toMatchObject({ code: "over_limit" });
});

test("PUR-4: all guardians with the right must approve; the last one completes; one no is a no", async () => {
  const at = await home();
  await setRule(at, at.guardian, { threshold: 2000 });
  await setDecisionPolicy(at.ctx, at.guardian, at.childId, "all");
  const [agreed, refused] = [await askFor(at, 2000), await askFor(at, 2500)];
  await approvePurchase(at.ctx, at.guardian, agreed, { allowOverLimit: false });
  expect(await purchase(at, agreed)).toMatchObject({ status: "pending", band: "policy", takes: "all", awaited: [{ userId: at.otherGuardianId }] });
  expect(await refusal(approvePurchase(at.ctx, at.guardian, agreed, { allowOverLimit: false }))).toMatchObject({ code: "conflict", reason: "already_approved_by_you" });
  await approvePurchase(at.ctx, at.other, agreed, { allowOverLimit: false });
  expect(await purchase(at, agreed)).toMatchObject({ status: "approved" });
  await approvePurchase(at.ctx, at.guardian, refused, { allowOverLimit: false });
  await denyPurchase(at.ctx, at.other, refused, { reason: "Too much" });
  expect(await purchase(at, refused)).toMatchObject({ status: "denied" });
});

test("PUR-4: two who approve at the same instant still complete an `all`", async () => {
  const at = await home();
  await setRule(at, at.guardian, { threshold: 2000 });
  await setDecisionPolicy(at.ctx, at.guardian, at.childId, "all");
  for (let round = 0; round < 5; round++) {
    const id = await askFor(at, 2000);
    await Promise.all([approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false }), approvePurchase(at.ctx, at.other, id, { allowOverLimit: false })]);
    expect(await purchase(at, id)).toMatchObject({ status: "approved" });
  }
});

test("PUR-4: the primary decides alone, and only the primary sets who decides", async () => {
  const at = await home();
  await setRule(at, at.guardian, { threshold: 2000 });
  expect(await refusal(setDecisionPolicy(at.ctx, at.other, at.childId, "any"))).toMatchObject({ code: "forbidden" });
  await setDecisionPolicy(at.ctx, at.guardian, at.childId, "primary");
  const id = await askFor(at, 2000);
  expect(await refusal(approvePurchase(at.ctx, at.other, id, { allowOverLimit: false }))).toMatchObject({ code: "forbidden", reason: "primary_decides" });
  await approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false });
  expect(await purchase(at, id)).toMatchObject({ status: "approved" });
});

test("PUR-4: the guardian who asks for the child counts once stepped up, where all must agree", async () => {
  const at = await home();
  await setRule(at, at.guardian, { threshold: 2000 });
  await setDecisionPolicy(at.ctx, at.guardian, at.childId, "all");
  const id = await requestPurchase(at.ctx, at.other, at.childId, { planId: await makePlan(at.ctx, at.schoolId, 2000) });
  expect((await purchase(at, id)).awaited.map((one) => one.userId)).toEqual([at.guardianId]);
  await approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false });
  expect(await purchase(at, id)).toMatchObject({ status: "approved" });
});

test("PUR-3: a viewer, the child itself and a stranger cannot decide", async () => {
  const at = await home();
  const stranger = await home();
  const id = await askFor(at, 700);
  expect(await refusal(approvePurchase(at.ctx, at.viewer, id, { allowOverLimit: false }))).toMatchObject({ code: "forbidden" });
  expect(await refusal(approvePurchase(at.ctx, at.child, id, { allowOverLimit: false }))).toMatchObject({ code: "forbidden" });
  expect(await refusal(approvePurchase(at.ctx, stranger.guardian, id, { allowOverLimit: false }))).toMatchObject({ code: "not_found" });
  expect(await purchase(at, id)).toMatchObject({ status: "pending" });
});

test("PUR-2: a plan of another school, or none, is refused at its field", async () => {
  const at = await home();
  const elsewhere = await makeSchool(at.ctx);
  for (const planId of [elsewhere.planId, "plan_unknown"]) expect(await refusal(requestPurchase(at.ctx, at.child, at.childId, { planId }))).toMatchObject({ code: "invalid_input", fields: [{ path: "planId" }] });
});

test("PUR-2: the same Idempotency-Key asks once, and with other words is a conflict", async () => {
  const at = await home();
  const ask = async (planId: string) => requestPurchase(at.ctx, at.child, at.childId, { planId }, await repeatOf("key-1", [planId]));
  const [first, again] = [await ask(at.planId), await ask(at.planId)];
  expect(again).toBe(first);
  expect(await refusal(ask(await makePlan(at.ctx, at.schoolId, 500)))).toMatchObject({ code: "conflict", reason: "idempotency_key_reused" });
});

test("PUR-6: nobody decides after expiry, swept or not; the sweep says so once; it can be renewed once", async () => {
  const at = await home();
  const id = await askFor(at, 700);
  at.ctx.setNow(NOON + 72 * HOUR);
  expect(await refusal(approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false }))).toMatchObject({ code: "conflict", extra: { state: "expired" } });
  await expirePurchases(at.ctx);
  await expirePurchases(at.ctx);
  expect(await purchase(at, id)).toMatchObject({ status: "expired" });
  expect(await actions(at, id)).toEqual(["purchase.asked", "purchase.expired"]);
  const renewed = await renewPurchase(at.ctx, at.child, id);
  expect(await purchase(at, renewed)).toMatchObject({ status: "pending", renewalOf: id, amount: 700 });
  expect(await refusal(renewPurchase(at.ctx, at.child, id))).toMatchObject({ code: "conflict", reason: "already_renewed" });
});

test("PUR-6: at half time everybody who may decide is reminded, once", async () => {
  const at = await home();
  const id = await askFor(at, 700);
  const told = async (type: string) => (await at.ctx.db.select().from(notifications).where(eq(notifications.type, type))).filter((note) => note.path.endsWith(id)).map((note) => note.userId).sort();
  expect(await told("purchase.asked")).toEqual([at.guardianId]);
  await remindDeciders(at.ctx);
  expect(await told("purchase.reminder")).toEqual([]);
  at.ctx.setNow(NOON + 36 * HOUR);
  await remindDeciders(at.ctx);
  await remindDeciders(at.ctx);
  expect(await told("purchase.reminder")).toEqual([at.guardianId, at.otherGuardianId].sort());
});

test("PUR-6: the child takes back what waits, and not what is decided", async () => {
  const at = await home();
  const [waiting, decided] = [await askFor(at, 700), await askFor(at, 800)];
  await cancelPurchase(at.ctx, at.child, waiting);
  expect(await purchase(at, waiting)).toMatchObject({ status: "cancelled" });
  await approvePurchase(at.ctx, at.guardian, decided, { allowOverLimit: false });
  expect(await refusal(cancelPurchase(at.ctx, at.child, decided))).toMatchObject({ code: "conflict", extra: { state: "approved" } });
});

test("PUR-3: limits and policy are those in force at the decision", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 5000 });
  const id = await askFor(at, 2000);
  await setRule(at, at.other, { week: 1000 });
  expect(await refusal(approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false }))).toMatchObject({ code: "over_limit" });
  await setRule(at, at.other, { week: 4000 });
  await approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false });
  expect(await at.ctx.db.select({ weekLimit: reservations.weekLimit }).from(reservations).where(eq(reservations.requestId, id))).toEqual([{ weekLimit: 4000 }]);
});

test("Q-9: forty parallel approvals by two guardians over ten slots of budget: exactly ten succeed", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 10_000 });
  const planId = await makePlan(at.ctx, at.schoolId, 1000);
  const ids = [];
  for (let count = 0; count < 20; count++) ids.push(await requestPurchase(at.ctx, at.child, at.childId, { planId }));
  const results = await Promise.allSettled(ids.flatMap((id) => [approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false }), approvePurchase(at.ctx, at.other, id, { allowOverLimit: false })]));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(10);
  for (const result of results) if (result.status === "rejected") expect((result.reason as DomainError).code).toMatch(/^(conflict|over_limit)$/);
  expect(await weekOf(at)).toMatchObject({ reserved: 10_000, left: 0, over: 0 });
});

test("Q-6: deciding takes two round trips beyond knowing who asks", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 10_000 });
  const id = await askFor(at, 1000);
  at.ctx.meter.roundTrips = 0;
  await approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false });
  expect(at.ctx.meter.roundTrips).toBe(2);
  at.ctx.meter.roundTrips = 0;
  await purchase(at, id);
  expect(at.ctx.meter.roundTrips).toBe(1);
});

test("PUR-2, PUR-3: what the rule approved was decided by the rule, and nobody decides it again", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 5000, auto: 1000 });
  const id = await askFor(at, 1000);
  expect(await refusal(approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false }))).toMatchObject({ code: "conflict", reason: "already_approved", extra: { state: "approved", decidedBy: "rule", decidedByName: null } });
});

test("PUR-6: at or above the threshold those whom the policy names are reminded, and nobody else", async () => {
  const at = await home();
  await setRule(at, at.guardian, { threshold: 500 });
  await setDecisionPolicy(at.ctx, at.guardian, at.childId, "primary");
  const id = await askFor(at, 700);
  at.ctx.setNow(NOON + 36 * HOUR);
  await remindDeciders(at.ctx);
  const told = (await at.ctx.db.select().from(notifications).where(eq(notifications.cause, `${id}.reminder`))).map(({ userId }) => userId);
  expect(told).toEqual([at.guardianId]);
});

test("PUR-6: two sweeps at once close a request once", async () => {
  const at = await home();
  const id = await askFor(at, 700);
  at.ctx.setNow(NOON + 72 * HOUR);
  await expirePurchases(beforeCommit(at.ctx, () => expirePurchases(at.ctx)));
  expect(await actions(at, id)).toEqual(["purchase.asked", "purchase.expired"]);
});

test("PUR-1, PUR-2: a plan in another currency is refused at its field, one that is not sold has no page, and a child without a family asks for nothing", async () => {
  const at = await home();
  const foreign = await makePlan(at.ctx, at.schoolId, 700);
  await at.ctx.db.update(plans).set({ currency: "EUR" }).where(eq(plans.id, foreign));
  expect(await refusal(requestPurchase(at.ctx, at.child, at.childId, { planId: foreign }))).toMatchObject({ code: "invalid_input", fields: [{ path: "planId", message: "plan_in_other_currency" }] });
  expect(await getOfferPage(at.ctx, at.child, at.childId, foreign)).toMatchObject({ sameCurrency: false, waitingId: null });
  for (const planId of ["plan_unknown", (await makeSchool(at.ctx)).planId]) expect(await refusal(getOfferPage(at.ctx, at.child, at.childId, planId))).toMatchObject({ code: "not_found" });
  const lone = await makeUser(at.ctx, "child");
  expect(await refusal(requestPurchase(at.ctx, await actorOf(at.ctx, lone), lone, { planId: foreign }))).toMatchObject({ code: "not_found" });
});

test("PUR-6: a request that would end before it is asked is refused", async () => {
  const at = await home();
  await at.ctx.db.update(families).set({ decisionWindowHours: 0 }).where(eq(families.id, at.familyId));
  expect(await refusal(askFor(at, 700))).toMatchObject({ code: "conflict", reason: "expired" });
});

test("PAY-1: only what was approved and whose payment failed is paid anew; to others it is unknown", async () => {
  const at = await home();
  const again = (by: Actor, id: string) => reserveAgain(at.ctx, by, id, { byCard: true, allowOverLimit: false, repeat: null });
  const waiting = await askFor(at, 700);
  expect(await refusal(again(at.guardian, waiting))).toMatchObject({ code: "conflict", reason: "nothing_to_pay", extra: { state: "pending", payment: null } });
  expect(await refusal(again((await home()).guardian, waiting))).toMatchObject({ code: "not_found" });
  await approvePurchase(at.ctx, at.guardian, waiting, { allowOverLimit: false });
  expect(await refusal(again(at.guardian, waiting))).toMatchObject({ code: "payment_in_progress" });
  await at.ctx.db.update(payments).set({ status: "succeeded" }).where(eq(payments.requestId, waiting));
  expect(await refusal(again(at.guardian, waiting))).toMatchObject({ code: "conflict", extra: { state: "approved", payment: "succeeded" } });
});
