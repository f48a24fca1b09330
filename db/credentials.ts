import { and, desc, eq, isNotNull, lt, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { codeAddressesOf } from "./second-factors.ts";
import { loginAttempts, passwords, sessions, totpFactors, users } from "./schema/identity.ts";

const credential = {
  userId: users.id, kind: users.kind, status: users.status, name: users.name,
  hash: passwords.hash,
  /** Null unless a second factor is set up. */
  totp: { sealedSecret: totpFactors.sealedSecret, lastStep: totpFactors.lastStep },
  codeAddresses: codeAddressesOf(sql`${users.id}`).as("code_addresses"),
};

/** A person by e-mail or username, with all that signing in has to check; a statement for the caller's batch. */
export const selectCredential = (db: Db, identifier: string) =>
  db.select(credential).from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(totpFactors, and(eq(totpFactors.userId, users.id), isNotNull(totpFactors.enabledAt)))
    .where(identifier.includes("@") ? eq(users.email, identifier) : eq(users.username, identifier));

/** The same for the owner of a session, with when that session ends. */
export const selectOwnCredential = (db: Db, userId: string, sessionId: string) =>
  db.select({ ...credential, sessionExpiresAt: sessions.expiresAt }).from(users)
    .innerJoin(sessions, and(eq(sessions.userId, users.id), eq(sessions.id, sessionId)))
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(totpFactors, and(eq(totpFactors.userId, users.id), isNotNull(totpFactors.enabledAt)))
    .where(eq(users.id, userId));

export const insertLoginAttempt = (db: Db, attempt: typeof loginAttempts.$inferInsert) => db.insert(loginAttempts).values(attempt);

/** A person's sign-ins, newest first; a statement for the caller's batch. */
export const selectLoginAttempts = (db: Db, userId: string, { before, limit }: { before?: string | undefined; limit: number }) =>
  db.select({ id: loginAttempts.id, method: loginAttempts.method, outcome: loginAttempts.outcome, address: loginAttempts.address, userAgent: loginAttempts.userAgent, at: loginAttempts.at })
    .from(loginAttempts).where(and(eq(loginAttempts.userId, userId), before === undefined ? undefined : lt(loginAttempts.id, before))).orderBy(desc(loginAttempts.id)).limit(limit);

export const deleteOldLoginAttempts = (db: Db, before: number) => db.delete(loginAttempts).where(lt(loginAttempts.at, before));
