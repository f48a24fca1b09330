import type { Actor } from "#app/domain/actor.ts";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { getBudgetPage } from "#app/domain/budgets/budget-page.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { getPurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { actorOf, makeFamily, makePlan, testContext, type Family, type TestContext } from "#tests/world.ts";

export type Home = Family & { ctx: TestContext; guardian: Actor; other: Actor; viewer: Actor; child: Actor };

/** A family at noon on Tuesday 24 November 2026, both guardians stepped up. */
export async function home(): Promise<Home> {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  return {
    ctx, ...family,
    guardian: await actorOf(ctx, family.guardianId, { steppedUp: true }), other: await actorOf(ctx, family.otherGuardianId, { steppedUp: true }),
    viewer: await actorOf(ctx, family.viewerId, { steppedUp: true }), child: await actorOf(ctx, family.childId),
  };
}

const kes = (amount: number | null) => (amount === null ? null : { amount, currency: "KES" });

export const setRule = (at: Home, guardian: Actor, rule: { week?: number | null; month?: number | null; auto?: number | null; threshold?: number | null; rollover?: "none" | "unspent" | "unspent_and_overspent" }) =>
  setBudgetControl(at.ctx, guardian, { childId: at.childId, weeklyLimit: kes(rule.week ?? null), monthlyLimit: kes(rule.month ?? null), autoApproveUpTo: kes(rule.auto ?? null), approvalThreshold: kes(rule.threshold ?? null), rollover: rule.rollover ?? "none" });

/** The child asks for a plan of that price. */
export async function askFor(at: Home, price: number): Promise<string> {
  return requestPurchase(at.ctx, at.child, at.childId, { planId: await makePlan(at.ctx, at.schoolId, price) });
}

export const purchase = (at: Home, id: string) => getPurchasePage(at.ctx, at.guardian, id);

export async function weekOf(at: Home) {
  const [week] = (await getBudgetPage(at.ctx, at.guardian, at.childId)).standings;
  return { limit: week!.limit, reserved: week!.reserved, spent: week!.spent, left: week!.left, over: week!.over };
}
