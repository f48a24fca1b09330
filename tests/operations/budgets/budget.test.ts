import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { announceBudget } from "#app/domain/budgets/announce-budget.server.ts";
import { getBudgetPage } from "#app/domain/budgets/budget-page.server.ts";
import { changeBudgetControl, setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { turnPeriods } from "#app/domain/budgets/turn-periods.server.ts";
import { DAY } from "#app/domain/clock.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { getShopPage } from "#app/domain/purchases/shop-page.server.ts";
import { budgetPeriods } from "#db/schema/budgets.ts";
import { families, familyMembers } from "#db/schema/families.ts";
import { notifications } from "#db/schema/notifications.ts";
import { captureReservation, releaseReservation } from "#db/reservations.ts";
import { commit } from "#db/client.ts";
import { askFor, home, setRule, weekOf, type Home } from "../purchases/family-budget.ts";

const approve = async (at: Home, price: number) => {
  const id = await askFor(at, price);
  await approvePurchase(at.ctx, at.guardian, id, { allowOverLimit: false });
  return id;
};
const periods = (at: Home) => at.ctx.db.select().from(budgetPeriods).where(eq(budgetPeriods.childId, at.childId));

test("BUD-1: a guardian's own rule is made, replaced and changed; another's cannot be touched; another currency is refused", async () => {
  const at = await home();
  const made = await setRule(at, at.guardian, { week: 5000, auto: 100, threshold: 900 });
  expect(await setRule(at, at.guardian, { week: 4000 })).toMatchObject({ id: made.id, weeklyLimit: 4000, autoApproveUpTo: 0 });
  expect(await changeBudgetControl(at.ctx, at.guardian, made.id, { monthlyLimit: { amount: 9000, currency: "KES" } })).toMatchObject({ weeklyLimit: 4000, monthlyLimit: 9000 });
  await expect(changeBudgetControl(at.ctx, at.other, made.id, { weeklyLimit: null })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await home();
  await expect(changeBudgetControl(at.ctx, stranger.guardian, made.id, { weeklyLimit: null })).rejects.toMatchObject({ code: "not_found" });
  await expect(changeBudgetControl(at.ctx, at.guardian, made.id, { autoApproveUpTo: { amount: 2, currency: "KES" }, approvalThreshold: { amount: 1, currency: "KES" } })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(setBudgetControl(at.ctx, at.guardian, { childId: at.childId, weeklyLimit: { amount: 1, currency: "EUR" }, monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null, rollover: "none" }))
    .rejects.toMatchObject({ fields: [{ path: "weeklyLimit", message: "currency_differs" }] });
});

test("BUD-1: the strictest of two guardians applies and says whose it is; a rule switched off no longer counts", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 5000 });
  const stricter = await setRule(at, at.other, { week: 3000 });
  expect((await getBudgetPage(at.ctx, at.viewer, at.childId)).rules.weeklyLimit).toMatchObject({ value: 3000, setBy: at.otherGuardianId });
  await changeBudgetControl(at.ctx, at.other, stricter.id, { active: false });
  expect((await getBudgetPage(at.ctx, at.viewer, at.childId)).rules.weeklyLimit).toMatchObject({ value: 5000, setBy: at.guardianId });
});

test("BUD-2: what is held becomes spending of the same week, however late; what is released is free again; twice changes nothing", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 5000 });
  const [paid, failed] = [await approve(at, 1000), await approve(at, 500)];
  expect(await weekOf(at)).toEqual({ limit: 5000, reserved: 1500, spent: 0, left: 3500, over: 0 });
  at.ctx.setNow(at.ctx.clock.now() + 10 * DAY);
  for (let twice = 0; twice < 2; twice++) {
    await commit(at.ctx.db, captureReservation(at.ctx.db, paid, at.ctx.clock.now()));
    await commit(at.ctx.db, releaseReservation(at.ctx.db, failed, at.ctx.clock.now()));
  }
  expect((await periods(at)).filter((period) => period.kind === "week")).toMatchObject([{ startsOn: "2026-11-23", reserved: 0, spent: 1000 }]);
  expect(await weekOf(at)).toMatchObject({ reserved: 0, spent: 0, left: 5000 });
});

test("BUD-3: what was left rolls over into the next week where the rule says so", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 5000, rollover: "unspent" });
  await approve(at, 2000);
  at.ctx.setNow(at.ctx.clock.now() + 7 * DAY);
  expect(await weekOf(at)).toMatchObject({ limit: 8000, left: 8000 });
  at.ctx.setNow(at.ctx.clock.now() + 14 * DAY);
  expect(await weekOf(at)).toMatchObject({ limit: 10_000 });
});

test("BUD-3: the sweep opens and closes periods in each family's zone; doubled and missed runs make no difference", async () => {
  const at = await home();
  await at.ctx.db.update(families).set({ timeZone: "America/Sao_Paulo" }).where(eq(families.id, at.familyId));
  await setRule(at, at.guardian, { week: 5000 });
  const sunday = Date.parse("2026-11-30T02:59:00Z");
  for (const now of [sunday, sunday, sunday + 2 * 60_000, sunday + 60_000, sunday + 25 * DAY]) {
    at.ctx.setNow(now);
    await turnPeriods(at.ctx);
  }
  const weeks = (await periods(at)).filter((period) => period.kind === "week").sort((a, b) => a.startsOn.localeCompare(b.startsOn));
  expect(weeks.map((week) => [week.startsOn, week.closedAt !== null])).toEqual([["2026-11-23", true], ["2026-11-30", true], ["2026-12-21", false]]);
});

test("BUD-4: each threshold is announced at most once a period, and a jump over several is one notice", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 1000 });
  const alerts = async () => (await at.ctx.db.select().from(notifications).where(and(eq(notifications.type, "budget.alert"), eq(notifications.userId, at.guardianId)))).map((note) => (note.facts as { threshold?: number }).threshold).sort();
  await approve(at, 700);
  await announceBudget(at.ctx, at.childId);
  expect(await alerts()).toEqual([]);
  await approve(at, 250);
  await Promise.all([announceBudget(at.ctx, at.childId), announceBudget(at.ctx, at.childId)]);
  expect(await alerts()).toEqual([90]);
  await approve(at, 50);
  await announceBudget(at.ctx, at.childId);
  await announceBudget(at.ctx, at.childId);
  expect(await alerts()).toEqual([100, 90].sort());
});

test("BUD-1: of a student in no family its guardian is told so; a stranger is told nothing", async () => {
  const at = await home();
  await at.ctx.db.delete(familyMembers).where(eq(familyMembers.userId, at.childId));
  const stranger = await home();
  for (const page of [getBudgetPage, getShopPage]) {
    await expect(page(at.ctx, at.guardian, at.childId)).rejects.toMatchObject({ code: "not_found", reason: "child_without_family" });
    await expect(page(at.ctx, stranger.guardian, at.childId)).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
  }
});

test("BUD-4: of a child that is in no family any more nothing is announced", async () => {
  const at = await home();
  await setRule(at, at.guardian, { week: 1000 });
  await approve(at, 1000);
  await at.ctx.db.delete(familyMembers).where(eq(familyMembers.userId, at.childId));
  await announceBudget(at.ctx, at.childId);
  expect(await at.ctx.db.select().from(notifications).where(and(eq(notifications.childId, at.childId), eq(notifications.type, "budget.alert")))).toEqual([]);
});
