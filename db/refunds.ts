import { and, eq, lte, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { refunds } from "./schema/payments.ts";

export type Refund = typeof refunds.$inferSelect;

/**
 * Breaks `NOT NULL refunds.paid` if the payment is not paid, `CHECK refunds_within_payment` if more would go back than came in, and
 * `UNIQUE refunds.payment_id` while another is under way.
 */
export const insertRefund = (db: Db, refund: { id: string; paymentId: string; amount: number; currency: string; reason: string; requestedBy: string; createdAt: number }) =>
  db.insert(refunds).values({
    ...refund,
    status: "pending",
    paid: sql`(SELECT amount FROM payments WHERE id = ${refund.paymentId} AND status = 'succeeded')`,
    refundedBefore: sql`(SELECT coalesce(sum(amount), 0) FROM refunds WHERE payment_id = ${refund.paymentId} AND status = 'succeeded')`,
  });

export async function getRefund(db: Db, id: string): Promise<Refund | null> {
  return (await db.select().from(refunds).where(eq(refunds.id, id)).get()) ?? null;
}

/** The outcome, if none is known yet; otherwise the batch is undone (`NOT NULL refunds.revision`). */
export const settleRefund = (db: Db, id: string, outcome: Partial<Pick<Refund, "status" | "providerRef" | "failureCode" | "weekStartsOn" | "monthStartsOn" | "settledAt">>) =>
  db.update(refunds).set({ ...outcome, revision: sql`CASE WHEN status = 'pending' THEN revision + 1 END` }).where(eq(refunds.id, id));

export async function listUnsettledRefunds(db: Db, askedBefore: number, limit: number): Promise<string[]> {
  return (await db.select({ id: refunds.id }).from(refunds).where(and(sql`${refunds.status} = 'pending'`, lte(refunds.createdAt, askedBefore))).orderBy(refunds.id).limit(limit)).map((row) => row.id);
}
