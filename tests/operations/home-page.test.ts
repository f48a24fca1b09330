import { expect, test } from "vitest";
import { getChildHome, getGuardianHome } from "#app/domain/families/home-page.server.ts";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { HOUR } from "#app/domain/clock.ts";
import { actorOf, makeFamily, makeGuardianship, makePlan, makeUser, testContext } from "#tests/world.ts";

const rule = (childId: string) => ({ childId, weeklyLimit: { amount: 500_000, currency: "KES" }, monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null, rollover: "none" as const, active: true });

test("DASH-1: what waits stands first, the most urgent on top, and each child with what is left", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const guardian = await actorOf(ctx, family.guardianId, { steppedUp: true });
  await setBudgetControl(ctx, guardian, rule(family.childId));
  const older = await requestPurchase(ctx, await actorOf(ctx, family.siblingId), family.siblingId, { planId: family.planId });
  ctx.setNow(ctx.clock.now() + HOUR);
  const newer = await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  const home = await getGuardianHome(ctx, guardian);
  expect(home.waiting.map((request) => request.id)).toEqual([older, newer]);
  expect(home.children.find((child) => child.id === family.childId)).toMatchObject({ waiting: 1, standing: { currency: "KES", week: { limit: 500_000, left: 500_000 }, month: { limit: null } } });

  await approvePurchase(ctx, guardian, newer, { allowOverLimit: false });
  const after = await getGuardianHome(ctx, guardian);
  expect(after.waiting.map((request) => request.id)).toEqual([older]);
  expect(after.children.find((child) => child.id === family.childId)).toMatchObject({ waiting: 0, standing: { week: { left: 350_000, reserved: 150_000 } } });
});

test("DASH-1: an approval already given waits for the others, no longer for oneself", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const guardian = await actorOf(ctx, family.guardianId, { steppedUp: true });
  await setBudgetControl(ctx, guardian, { ...rule(family.childId), approvalThreshold: { amount: 100_000, currency: "KES" } });
  await setDecisionPolicy(ctx, guardian, family.childId, "all");
  const id = await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  await approvePurchase(ctx, guardian, id, { allowOverLimit: false });
  expect((await getGuardianHome(ctx, guardian)).waiting).toEqual([]);
  expect((await getGuardianHome(ctx, await actorOf(ctx, family.otherGuardianId))).waiting.map((request) => request.id)).toEqual([id]);
});

test("DASH-1, FAM-6: who may only view decides nothing; who guards one sibling learns nothing of the other", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  const viewer = await getGuardianHome(ctx, await actorOf(ctx, family.viewerId));
  expect(viewer.waiting).toEqual([]);
  expect(viewer.children.map((child) => child.waiting).sort()).toEqual([0, 1]);
  const aunt = await makeUser(ctx, "adult", "Aunt");
  await makeGuardianship(ctx, aunt, family.siblingId, { canApprovePurchases: true });
  const seen = await getGuardianHome(ctx, await actorOf(ctx, aunt));
  expect([seen.waiting.length, seen.children.map((child) => child.id)]).toEqual([0, [family.siblingId]]);
});

test("DASH-1: a guardian without the right to see purchases sees the child and no money", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const driver = await makeUser(ctx, "adult", "Driver");
  await makeGuardianship(ctx, driver, family.childId, { canApprovePurchases: false, canViewProgress: false, canScheduleLessons: true, canTalkWithTeachers: false });
  await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
  expect(await getGuardianHome(ctx, await actorOf(ctx, driver))).toMatchObject({ waiting: [], children: [{ id: family.childId, standing: null, waiting: 0 }] });
});

test("DASH-6: one round trip, whatever the number of children", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const guardian = await actorOf(ctx, family.guardianId);
  ctx.meter.roundTrips = 0;
  await getGuardianHome(ctx, guardian);
  expect(ctx.meter.roundTrips).toBe(1);
});

test("DASH-2: a child sees the own budget, balance and last requests in one round trip", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const child = await actorOf(ctx, family.childId);
  await requestPurchase(ctx, child, family.childId, { planId: await makePlan(ctx, family.schoolId, 20_000) });
  await requestPurchase(ctx, await actorOf(ctx, family.siblingId), family.siblingId, { planId: family.planId });
  ctx.meter.roundTrips = 0;
  const home = await getChildHome(ctx, child);
  expect(ctx.meter.roundTrips).toBe(1);
  expect(home).toMatchObject({ minutes: 0, balance: { amount: 0, currency: "KES" }, requests: [{ studentId: family.childId, amount: 20_000 }] });
});
