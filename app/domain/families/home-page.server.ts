import { MINUTES, selectBalances } from "#db/ledger.ts";
import { selectDecisionsOfPage, selectPaymentsOfPage, selectRequests } from "#db/purchases.ts";
import { selectStandingFacts } from "#db/standings.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { standingsOf, type ChildStanding } from "../budgets/children-standings.server.ts";
import type { Money } from "../money.ts";
import { can } from "../policy.ts";
import { briefOf, type PurchaseBrief } from "../purchases/purchase-page.server.ts";

export type ChildCard = { id: string; name: string; /** Null where the reader may not see the child's money. */ standing: ChildStanding | null; waiting: number };
export type GuardianHome = { waiting: PurchaseBrief[]; children: ChildCard[] };
export type ChildHome = { standing: ChildStanding | null; balance: Money | null; minutes: number; requests: PurchaseBrief[] };

/** Far more than a family ever has waiting; the page shows the most urgent. */
const MOST_WAITING = 50;

/** What waits for this guardian, the most urgent first, and how each child stands: one batch, whatever the number of children. */
export async function getGuardianHome(ctx: AppContext, actor: Actor): Promise<GuardianHome> {
  const now = ctx.clock.now();
  const seen = actor.wards.map((ward) => ward.childId).filter((childId) => can(actor, "budget:view", childId));
  const [homes, controls, limits, periods, requests, decisions, payments] = await ctx.db.batch([
    ...selectStandingFacts(ctx.db, seen, now),
    selectRequests(ctx.db, seen, { status: "pending" }, now, MOST_WAITING),
    selectDecisionsOfPage(ctx.db, seen, { status: "pending" }, now, MOST_WAITING),
    selectPaymentsOfPage(ctx.db, seen, { status: "pending" }, now, MOST_WAITING),
  ]);
  const standings = standingsOf([homes, controls, limits, periods], now);
  const pending = requests.map((row) => briefOf(row, decisions, payments, now));
  return {
    waiting: pending.filter((request) => can(actor, "purchase:approve", request.studentId) && request.decisions.every((decision) => decision.by !== actor.userId)).sort((a, b) => a.expiresAt - b.expiresAt),
    children: actor.wards.map(({ childId, name }) => ({ id: childId, name, standing: standings.get(childId) ?? null, waiting: pending.filter((request) => request.studentId === childId).length })),
  };
}

/** What a child has, may still spend, and last asked for. */
export async function getChildHome(ctx: AppContext, actor: Actor): Promise<ChildHome> {
  const now = ctx.clock.now();
  const own = [actor.userId];
  const [homes, controls, limits, periods, requests, decisions, payments, balances] = await ctx.db.batch([
    ...selectStandingFacts(ctx.db, own, now),
    selectRequests(ctx.db, own, {}, now, 3),
    selectDecisionsOfPage(ctx.db, own, {}, now, 3),
    selectPaymentsOfPage(ctx.db, own, {}, now, 3),
    selectBalances(ctx.db, actor.userId),
  ]);
  const standing = standingsOf([homes, controls, limits, periods], now).get(actor.userId) ?? null;
  return {
    standing,
    balance: standing && { amount: balances.find(({ unit }) => unit === standing.currency)?.balance ?? 0, currency: standing.currency },
    minutes: balances.find(({ unit }) => unit === MINUTES)?.balance ?? 0,
    requests: requests.map((row) => briefOf(row, decisions, payments, now)),
  };
}
