import { and, eq, gt, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "./client.ts";
import { guardianships } from "./schema/families.ts";
import { paymentMethods, payments } from "./schema/payments.ts";

export const insertPayment = (db: Db, payment: typeof payments.$inferInsert) => db.insert(payments).values(payment);

/** Default cards of the child's active guardians who may approve; a statement for the caller's batch. */
export const selectGuardianCards = (db: Db, child: string | SQL, now: number) =>
  db.select({ methodId: paymentMethods.id, userId: paymentMethods.userId, isPrimary: guardianships.isPrimary })
    .from(guardianships)
    .innerJoin(paymentMethods, and(eq(paymentMethods.userId, guardianships.guardianId), eq(paymentMethods.isDefault, true), isNull(paymentMethods.removedAt)))
    .where(and(sql`${guardianships.childId} = ${child}`, eq(guardianships.active, true), lte(guardianships.startsAt, now), or(isNull(guardianships.endsAt), gt(guardianships.endsAt, now)), eq(guardianships.canApprovePurchases, true)));
