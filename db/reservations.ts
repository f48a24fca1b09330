import { and, eq, sql } from "drizzle-orm";
import type { Db, Write } from "./client.ts";
import { budgetPeriods } from "./schema/budgets.ts";
import { reservations } from "./schema/purchases.ts";

/** The open reservation of a request, as sub-selects, so that a batch needs no look-up first. */
const open = (requestId: string, column: "child_id" | "week_starts_on" | "month_starts_on" | "amount") =>
  sql`(SELECT ${sql.identifier(column)} FROM reservations WHERE request_id = ${requestId} AND status = 'held')`;

const inPeriods = (requestId: string) => sql`${budgetPeriods.childId} = ${open(requestId, "child_id")} AND (
  (${budgetPeriods.kind} = 'week' AND ${budgetPeriods.startsOn} = ${open(requestId, "week_starts_on")}) OR
  (${budgetPeriods.kind} = 'month' AND ${budgetPeriods.startsOn} = ${open(requestId, "month_starts_on")}))`;

/** Turns what was held for a request into spending of the same periods. Nothing happens if nothing is held. */
export function captureReservation(db: Db, requestId: string, at: number): Write[] {
  return [
    db.update(budgetPeriods).set({ reserved: sql`${budgetPeriods.reserved} - ${open(requestId, "amount")}`, spent: sql`${budgetPeriods.spent} + ${open(requestId, "amount")}` }).where(inPeriods(requestId)),
    db.update(reservations).set({ status: "captured", settledAt: at }).where(and(eq(reservations.requestId, requestId), eq(reservations.status, "held"))),
  ];
}

/** Gives back what was held for a request. Nothing happens if nothing is held. */
export function releaseReservation(db: Db, requestId: string, at: number): Write[] {
  return [
    db.update(budgetPeriods).set({ reserved: sql`${budgetPeriods.reserved} - ${open(requestId, "amount")}` }).where(inPeriods(requestId)),
    db.update(reservations).set({ status: "released", settledAt: at }).where(and(eq(reservations.requestId, requestId), eq(reservations.status, "held"))),
  ];
}

/** A refund lowers the spending of the week and month in which it happens, whichever the purchase belonged to. */
export function refundInPeriods(db: Db, refund: { childId: string; amount: number; weekStartsOn: string; monthStartsOn: string; at: number }): Write[] {
  const lower = (kind: "week" | "month", startsOn: string) =>
    db.insert(budgetPeriods).values({ childId: refund.childId, kind, startsOn, spent: -refund.amount, openedAt: refund.at })
      .onConflictDoUpdate({ target: [budgetPeriods.childId, budgetPeriods.kind, budgetPeriods.startsOn], set: { spent: sql`${budgetPeriods.spent} - ${refund.amount}` } });
  return [lower("week", refund.weekStartsOn), lower("month", refund.monthStartsOn)];
}
