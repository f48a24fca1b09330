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
