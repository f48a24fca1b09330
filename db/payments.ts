import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "./client.ts";
import { guardianships } from "./schema/families.ts";
import { paymentMethods, payments } from "./schema/payments.ts";

export const insertPayment = (db: Db, payment: typeof payments.$inferInsert) => db.insert(payments).values(payment);

/** Default cards of the child's active guardians who may approve; a statement for the caller's batch. */
export const selectGuardianCards = (db: Db, childId: string) =>
  db.select({ methodId: paymentMethods.id, userId: paymentMethods.userId, isPrimary: guardianships.isPrimary })
    .from(guardianships)
    .innerJoin(paymentMethods, and(eq(paymentMethods.userId, guardianships.guardianId), eq(paymentMethods.isDefault, true), isNull(paymentMethods.removedAt)))
    .where(and(eq(guardianships.childId, childId), eq(guardianships.active, true), eq(guardianships.canApprovePurchases, true)));
