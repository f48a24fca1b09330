import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { families, familyMembers } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { paymentCustomers, paymentMethods } from "./schema/payments.ts";

export type PaymentMethod = typeof paymentMethods.$inferSelect;

const mine = (userId: string) => and(eq(paymentMethods.userId, userId), isNull(paymentMethods.removedAt));

export const selectMethods = (db: Db, userId: string) => db.select().from(paymentMethods).where(mine(userId)).orderBy(desc(paymentMethods.id));

export async function findMethod(db: Db, userId: string, id: string): Promise<PaymentMethod | null> {
  return (await db.select().from(paymentMethods).where(and(mine(userId), eq(paymentMethods.id, id))).get()) ?? null;
}

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

export async function findCustomerRef(db: Db, userId: string): Promise<string | null> {
  return (await db.select({ ref: paymentCustomers.customerRef }).from(paymentCustomers).where(and(eq(paymentCustomers.userId, userId), eq(paymentCustomers.provider, "stripe"))).get())?.ref ?? null;
}

/** The person whom the provider knows under this name. */
export async function findCustomerUser(db: Db, customerRef: string): Promise<{ userId: string; name: string } | null> {
  return (await db.select({ userId: users.id, name: users.name }).from(paymentCustomers).innerJoin(users, eq(users.id, paymentCustomers.userId)).where(eq(paymentCustomers.customerRef, customerRef)).get()) ?? null;
}

/** Those who may approve for a child beside this guardian. */
export async function listCoGuardians(db: Db, userId: string, now: number): Promise<string[]> {
  const active = (table: string) => sql`${sql.raw(`${table}.active = 1 AND ${table}.starts_at <= ${Number(now)} AND (${table}.ends_at IS NULL OR ${Number(now)} < ${table}.ends_at)`)}
    AND NOT ${keptAway(sql.raw(`${table}.guardian_id`), sql.raw(`${table}.child_id`), now)}`;
  const rows = await db.all<{ id: string }>(sql`
    SELECT DISTINCT theirs.guardian_id AS id FROM guardianships own JOIN guardianships theirs ON theirs.child_id = own.child_id AND theirs.guardian_id <> own.guardian_id
    WHERE own.guardian_id = ${userId} AND own.can_approve_purchases = 1 AND theirs.can_approve_purchases = 1 AND ${active("own")} AND ${active("theirs")}`);
  return rows.map((row) => row.id);
}

export const selectFamilyCurrency = (db: Db, userId: string) =>
  db.select({ currency: families.currency }).from(familyMembers).innerJoin(families, eq(families.id, familyMembers.familyId)).where(and(eq(familyMembers.userId, userId), isNull(families.deletedAt))).orderBy(familyMembers.joinedAt).limit(1);
