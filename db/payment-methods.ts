import { and, desc, eq, isNull, sql, type SQL } from "drizzle-orm";
import { rows, type Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { families, familyMembers } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { paymentCustomers, paymentMethods } from "./schema/payments.ts";

export type PaymentMethod = typeof paymentMethods.$inferSelect;

const mine = (userId: string) => and(eq(paymentMethods.userId, userId), isNull(paymentMethods.removedAt));

export const selectMethods = (db: Db, userId: string) => db.select().from(paymentMethods).where(mine(userId)).orderBy(desc(paymentMethods.id));

export const selectMethod = (db: Db, userId: string, id: string) => db.select().from(paymentMethods).where(and(mine(userId), eq(paymentMethods.id, id)));

/** Removed or not: to tell the provider. */
export async function getMethodRef(db: Db, id: string): Promise<string | null> {
  return (await db.select({ ref: paymentMethods.providerRef }).from(paymentMethods).where(eq(paymentMethods.id, id)).get())?.ref ?? null;
}

/** The first card of a person is the default. */
export const insertMethod = (db: Db, method: Omit<typeof paymentMethods.$inferInsert, "isDefault">) =>
  db.insert(paymentMethods).values({ ...method, isDefault: sql`NOT EXISTS (SELECT 1 FROM payment_methods WHERE user_id = ${method.userId} AND is_default = 1 AND removed_at IS NULL)` });

export const clearDefault = (db: Db, userId: string) => db.update(paymentMethods).set({ isDefault: false }).where(and(mine(userId), eq(paymentMethods.isDefault, true)));
export const setDefault = (db: Db, userId: string, id: string) => db.update(paymentMethods).set({ isDefault: true }).where(and(mine(userId), eq(paymentMethods.id, id)));
export const removeMethod = (db: Db, userId: string, id: string, at: number) => db.update(paymentMethods).set({ removedAt: at, isDefault: false }).where(and(mine(userId), eq(paymentMethods.id, id)));

export const insertCustomer = (db: Db, customer: typeof paymentCustomers.$inferInsert) => db.insert(paymentCustomers).values(customer).onConflictDoNothing();

/** Under which name the provider knows this person. Statements for the caller's batch, as all that follow. */
export const selectCustomer = (db: Db, userId: string) =>
  db.select({ customerRef: paymentCustomers.customerRef }).from(paymentCustomers).where(and(eq(paymentCustomers.userId, userId), eq(paymentCustomers.provider, "stripe")));

/** The person whom the provider knows under this name. */
export const selectCustomerUser = (db: Db, customerRef: string) =>
  db.select({ userId: users.id, name: users.name }).from(paymentCustomers).innerJoin(users, eq(users.id, paymentCustomers.userId)).where(eq(paymentCustomers.customerRef, customerRef));
export const userOfCustomer = (customerRef: string) => sql`(SELECT user_id FROM payment_customers WHERE customer_ref = ${customerRef})`;

/** Those who may approve for a child beside this guardian. */
export function selectCoGuardians(db: Db, userId: string | SQL, now: number) {
  const active = (table: string) => sql`${sql.raw(`${table}.active = 1 AND ${table}.starts_at <= ${Number(now)} AND (${table}.ends_at IS NULL OR ${Number(now)} < ${table}.ends_at)`)}
    AND NOT ${keptAway(sql.raw(`${table}.guardian_id`), sql.raw(`${table}.child_id`), now)}`;
  return rows<{ id: string }>(db, sql`
    SELECT DISTINCT theirs.guardian_id AS id FROM guardianships own JOIN guardianships theirs ON theirs.child_id = own.child_id AND theirs.guardian_id <> own.guardian_id
    WHERE own.guardian_id = ${userId} AND own.can_approve_purchases = 1 AND theirs.can_approve_purchases = 1 AND ${active("own")} AND ${active("theirs")}`);
}

export const selectFamilyCurrency = (db: Db, userId: string) =>
  db.select({ currency: families.currency }).from(familyMembers).innerJoin(families, eq(families.id, familyMembers.familyId)).where(and(eq(familyMembers.userId, userId), isNull(families.deletedAt))).orderBy(familyMembers.joinedAt).limit(1);
