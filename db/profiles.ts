import { and, eq, gt, lt, sql } from "drizzle-orm";
import { endMailedSecrets } from "./accounts.ts";
import type { Db } from "./client.ts";
import { emailChanges, userProfiles, users } from "./schema/identity.ts";

type ProfileRow = typeof userProfiles.$inferSelect;
export type ProfileFields = Partial<Omit<ProfileRow, "userId" | "updatedAt">>;
export type UserFields = Partial<Pick<typeof users.$inferSelect, "name" | "phone" | "locale" | "timeZone">>;

/** A person with what they say of themselves, and the address that still waits for its code; a statement for the caller's batch. */
export const selectProfile = (db: Db, userId: string, now: number) =>
  db.select({
    name: users.name, email: users.email, username: users.username, phone: users.phone, locale: users.locale, timeZone: users.timeZone, avatarKey: users.avatarKey,
    pendingEmail: emailChanges.email.getSQL().mapWith(String).as("pending_email"),
    contactMethod: userProfiles.contactMethod, emergencyName: userProfiles.emergencyName, emergencyPhone: userProfiles.emergencyPhone, billingAddress: userProfiles.billingAddress, notificationDefaults: userProfiles.notificationDefaults,
  }).from(users)
    .leftJoin(userProfiles, eq(userProfiles.userId, users.id))
    .leftJoin(emailChanges, and(eq(emailChanges.userId, users.id), gt(emailChanges.expiresAt, now)))
    .where(eq(users.id, userId));

export const updateUser = (db: Db, userId: string, change: UserFields) => db.update(users).set(change).where(eq(users.id, userId));

export const putProfile = (db: Db, userId: string, change: ProfileFields, now: number) =>
  db.insert(userProfiles).values({ userId, notificationDefaults: {}, ...change, updatedAt: now }).onConflictDoUpdate({ target: userProfiles.userId, set: { ...change, updatedAt: now } });

/** The newest wish for another address; the code of an earlier one is good no more. */
export const putEmailChange = (db: Db, change: { userId: string; email: string; expiresAt: number; createdAt: number }) =>
  db.insert(emailChanges).values(change).onConflictDoUpdate({ target: emailChanges.userId, set: { ...change, codeHash: null } });
export const deleteEmailChange = (db: Db, userId: string) => db.delete(emailChanges).where(eq(emailChanges.userId, userId));
export const deleteExpiredEmailChanges = (db: Db, now: number) => db.delete(emailChanges).where(lt(emailChanges.expiresAt, now));

/** A waiting change with its person; a statement for the caller's batch. */
export const selectEmailChange = (db: Db, userId: string, now: number) =>
  db.select({ newEmail: sql<string>`${emailChanges.email}`.as("new_email"), codeHash: emailChanges.codeHash, email: users.email, name: users.name, locale: users.locale })
    .from(emailChanges).innerJoin(users, and(eq(users.id, emailChanges.userId), eq(users.status, "active")))
    .where(and(eq(emailChanges.userId, userId), gt(emailChanges.expiresAt, now)));

export const setEmailChangeCode = (db: Db, userId: string, email: string, codeHash: string) => db.update(emailChanges).set({ codeHash }).where(and(eq(emailChanges.userId, userId), eq(emailChanges.email, email)));

/**
 * The new address counts, and links that were mailed to the old one lead nowhere. Aborts its batch (NOT NULL users.name) when the code
 * was used or replaced by then, and (UNIQUE users.email) when somebody else has the address.
 */
export const takeEmail = (db: Db, { userId, email, codeHash, now }: { userId: string; email: string; codeHash: string; now: number }) => [
  db.update(users).set({ email, emailVerifiedAt: now, name: sql`CASE WHEN EXISTS (SELECT 1 FROM email_changes c WHERE c.user_id = ${userId} AND c.code_hash = ${codeHash}) THEN name END` }).where(eq(users.id, userId)),
  deleteEmailChange(db, userId),
  endMailedSecrets(db, userId, now),
];
