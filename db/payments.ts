import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "./client.ts";
import { knownAs } from "./former-accounts.ts";
import { inForce } from "./guardianships.ts";
import { families, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { paymentCustomers, paymentMethods, payments } from "./schema/payments.ts";
import type { Refund } from "./refunds.ts";
import { purchaseRequests } from "./schema/purchases.ts";

type Payment = typeof payments.$inferSelect;
export type RefundBrief = Pick<Refund, "id" | "paymentId" | "amount" | "currency" | "status" | "failureCode" | "reason" | "createdAt" | "settledAt">;
/** A payment with what it is for and what went back. */
export type PaymentFor = Payment & { planName: string; minutes: number | null; childName: string; timeZone: string; refunds: RefundBrief[] };

const OPEN = ["pending", "processing"] as const;

export const insertPayment = (db: Db, payment: typeof payments.$inferInsert) => db.insert(payments).values(payment);

/** Default cards of the child's active guardians who may approve; a statement for the caller's batch. */
export const selectGuardianCards = (db: Db, child: string | SQL, now: number) =>
  db.select({ methodId: paymentMethods.id, userId: paymentMethods.userId, isPrimary: guardianships.isPrimary, ownerName: users.name, brand: paymentMethods.brand, last4: paymentMethods.last4 })
    .from(guardianships).innerJoin(users, eq(users.id, guardianships.guardianId))
    .innerJoin(paymentMethods, and(eq(paymentMethods.userId, guardianships.guardianId), eq(paymentMethods.isDefault, true), isNull(paymentMethods.removedAt)))
    .where(and(sql`${guardianships.childId} = ${child}`, inForce(now), eq(guardianships.canApprovePurchases, true)));

const REFUNDS = sql<string>`(SELECT json_group_array(json_object('id', f.id, 'paymentId', f.payment_id, 'amount', f.amount, 'currency', f.currency, 'status', f.status, 'failureCode', f.failure_code,
  'reason', f.reason, 'createdAt', f.created_at, 'settledAt', f.settled_at) ORDER BY f.id) FROM refunds f WHERE f.payment_id = ${payments.id})`;

const paymentsFor = (db: Db) =>
  db.select({ payment: payments, planName: purchaseRequests.planName, minutes: purchaseRequests.minutes, childName: users.name, timeZone: families.timeZone, refunds: REFUNDS.as("refund_list") })
    .from(payments)
    .innerJoin(purchaseRequests, eq(purchaseRequests.id, payments.requestId))
    .innerJoin(users, eq(users.id, payments.studentId))
    .innerJoin(families, eq(families.id, payments.familyId));

type PaymentRow = Omit<PaymentFor, keyof Payment | "refunds"> & { payment: Payment; refunds: string };
export const flat = ({ payment, refunds, ...about }: PaymentRow): PaymentFor => ({ ...payment, ...about, refunds: JSON.parse(refunds) as RefundBrief[] });

/** For jobs and hooks, which act for nobody. */
export async function getPayment(db: Db, id: string): Promise<PaymentFor | null> {
  const row = await paymentsFor(db).where(eq(payments.id, id)).get();
  return row ? flat(row) : null;
}

/** Whose payments may be seen: of these students, and of these schools. */
export type PaymentScope = { studentIds: string[]; schoolIds: string[] };

const within = ({ studentIds, schoolIds }: PaymentScope): SQL =>
  or(studentIds.length ? sql`${payments.studentId} IN ${knownAs(JSON.stringify(studentIds))}` : undefined, schoolIds.length ? inArray(payments.schoolId, schoolIds) : undefined) ?? sql`0`;

/** A row for `flat`, to stand in a caller's batch. */
export const selectPayment = (db: Db, scope: PaymentScope, id: string) => paymentsFor(db).where(and(eq(payments.id, id), within(scope)));

/** The newest payment of a request: a row for `flat`, to stand in a caller's batch. */
export const selectPaymentOfRequest = (db: Db, scope: PaymentScope, requestId: string) =>
  paymentsFor(db).where(and(eq(payments.requestId, requestId), within(scope))).orderBy(desc(payments.id)).limit(1);

type PaymentFilter = { limit: number; before?: string | undefined; studentId?: string | undefined; requestId?: string | undefined; awaitingGuardian?: boolean };

/** Newest first; rows for `flat`, to stand in a caller's batch. */
export const selectPayments = (db: Db, scope: PaymentScope, filter: PaymentFilter) =>
  paymentsFor(db).where(and(
    within(scope),
    filter.before ? lt(payments.id, filter.before) : undefined,
    filter.studentId ? sql`${payments.studentId} IN ${knownAs(JSON.stringify([filter.studentId]))}` : undefined,
    filter.requestId ? eq(payments.requestId, filter.requestId) : undefined,
    filter.awaitingGuardian ? sql`${payments.status} = 'pending' AND (${payments.methodId} IS NULL OR ${payments.intentRef} IS NOT NULL OR ${payments.checkoutAttempt} > 0)` : undefined,
  )).orderBy(desc(payments.id)).limit(filter.limit);

/** Takes a payment by saved card for sending. Again for one already taken whose outcome is unknown: the provider's key makes that safe. */
export async function claimCharge(db: Db, id: string, now: number, checkAt: number): Promise<boolean> {
  const claimed = await db.update(payments).set({ status: "processing", revision: sql`${payments.revision} + 1`, updatedAt: now, checkAt })
    .where(and(eq(payments.id, id), inArray(payments.status, [...OPEN]), isNotNull(payments.methodId), isNull(payments.intentRef), eq(payments.checkoutAttempt, 0))).returning({ id: payments.id });
  return claimed.length > 0;
}

/** A saved card as the provider knows it. Removed ones too: a charge that was sent is asked for again. */
export async function findChargeableCard(db: Db, methodId: string): Promise<{ methodRef: string; customerRef: string } | null> {
  return (await db.select({ methodRef: paymentMethods.providerRef, customerRef: paymentCustomers.customerRef })
    .from(paymentMethods).innerJoin(paymentCustomers, and(eq(paymentCustomers.userId, paymentMethods.userId), eq(paymentCustomers.provider, paymentMethods.provider)))
    .where(eq(paymentMethods.id, methodId)).get()) ?? null;
}

type PaymentChange = Partial<Pick<Payment, "status" | "intentRef" | "checkoutRef" | "checkoutUrl" | "failureCode" | "checkAt" | "payerId" | "checkoutAttempt">>;

/** The change, if the payment is still open; otherwise the batch it stands in is undone (`NOT NULL payments.revision`). */
export const changeOpenPayment = (db: Db, id: string, change: PaymentChange & { updatedAt: number }) =>
  db.update(payments).set({ ...change, revision: sql`CASE WHEN status IN ('pending', 'processing') THEN revision + 1 END` }).where(eq(payments.id, id));

/** The change, if nothing at all has happened to the payment since it was read; otherwise the batch is undone likewise. */
export const changePaymentAt = (db: Db, read: Pick<Payment, "id" | "revision">, change: PaymentChange & { updatedAt: number }) =>
  db.update(payments).set({ ...change, revision: sql`CASE WHEN revision = ${read.revision} THEN revision + 1 END` }).where(eq(payments.id, read.id));

export const markRefunded = (db: Db, id: string, now: number) => db.update(payments).set({ status: "refunded", updatedAt: now, revision: sql`revision + 1` }).where(and(eq(payments.id, id), eq(payments.status, "succeeded")));

export const postponeCheck = (db: Db, id: string, checkAt: number | null) => db.update(payments).set({ checkAt }).where(eq(payments.id, id));

export async function listPaymentsToCheck(db: Db, now: number, limit: number): Promise<string[]> {
  return (await db.select({ id: payments.id }).from(payments).where(and(isNotNull(payments.checkAt), lte(payments.checkAt, now))).orderBy(payments.checkAt).limit(limit)).map((row) => row.id);
}

/** Who is told about a child's payments: the active guardians who may approve. */
export async function listPayingGuardians(db: Db, childId: string, now: number): Promise<string[]> {
  const rows = await db.select({ id: guardianships.guardianId }).from(guardianships)
    .where(and(eq(guardianships.childId, childId), inForce(now), eq(guardianships.canApprovePurchases, true)));
  return rows.map((row) => row.id);
}
