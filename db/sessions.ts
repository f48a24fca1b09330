import { and, desc, eq, gt, inArray, isNotNull, lt, ne, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { codeAddressesOf } from "./second-factors.ts";
import { sessions, totpFactors, users } from "./schema/identity.ts";

export const insertSession = (db: Db, session: typeof sessions.$inferInsert) => db.insert(sessions).values(session);

export const touchSession = (db: Db, sessionId: string, now: number) => db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId));

/** The same session under a new token: an old one that leaked is worth nothing after a step-up. */
export const rotateSession = (db: Db, sessionId: string, tokenHash: string, steppedUpUntil: number) =>
  db.update(sessions).set({ tokenHash, steppedUpUntil }).where(eq(sessions.id, sessionId));
export const stepUpSession = (db: Db, sessionId: string, until: number) => db.update(sessions).set({ steppedUpUntil: until }).where(eq(sessions.id, sessionId));

/** Somebody whose password was right and whose second factor is awaited. */
export async function findHalfSession(db: Db, tokenHash: string, now: number) {
  const [found] = await db.select({ sessionId: sessions.id, userId: sessions.userId, totp: { sealedSecret: totpFactors.sealedSecret, lastStep: totpFactors.lastStep }, codeAddresses: codeAddressesOf(sql`${users.id}`).as("code_addresses") })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.status, "active")))
    .leftJoin(totpFactors, and(eq(totpFactors.userId, sessions.userId), isNotNull(totpFactors.enabledAt)))
    .where(and(eq(sessions.tokenHash, tokenHash), eq(sessions.kind, "half"), gt(sessions.expiresAt, now)));
  return found ?? null;
}

/** Makes a half-session whole under a new token. Breaks its batch (NOT NULL sessions.token_hash) when it is whole already. */
export const completeSession = (db: Db, userId: string, sessionId: string, whole: { tokenHash: string; now: number; expiresAt: number }) =>
  db.update(sessions)
    .set({ kind: "browser", tokenHash: sql`CASE WHEN ${sessions.kind} = 'half' THEN ${whole.tokenHash} END`, lastSeenAt: whole.now, expiresAt: whole.expiresAt })
    .where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)));

/** Where somebody is signed in; a statement for the caller's batch. */
export const selectSessions = (db: Db, userId: string, now: number) =>
  db.select({ id: sessions.id, kind: sessions.kind, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt, expiresAt: sessions.expiresAt, address: sessions.address, userAgent: sessions.userAgent })
    .from(sessions).where(and(eq(sessions.userId, userId), inArray(sessions.kind, ["browser", "bearer"]), gt(sessions.expiresAt, now))).orderBy(desc(sessions.lastSeenAt), desc(sessions.id)).limit(100);

export async function hasSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  return (await db.select({ id: sessions.id }).from(sessions).where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)))).length > 0;
}

export const deleteSession = (db: Db, userId: string, sessionId: string) => db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.id, sessionId)));
export const deleteSessionByToken = (db: Db, tokenHash: string) => db.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
export const deleteSessions = (db: Db, userId: string, except: string | null = null) =>
  db.delete(sessions).where(except === null ? eq(sessions.userId, userId) : and(eq(sessions.userId, userId), ne(sessions.id, except)));
/** Where somebody is signed in but here; their programs go on. */
export const deleteOtherSignIns = (db: Db, userId: string, here: string) => db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, here), ne(sessions.kind, "personal")));
export const deletePersonalToken = (db: Db, userId: string, id: string) => db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.id, id), eq(sessions.kind, "personal")));
export const selectPersonalTokens = (db: Db, userId: string, now: number) =>
  db.select({ id: sessions.id, name: sessions.name, scopes: sessions.scopes, createdAt: sessions.createdAt, expiresAt: sessions.expiresAt, lastSeenAt: sessions.lastSeenAt })
    .from(sessions).where(and(eq(sessions.userId, userId), eq(sessions.kind, "personal"), gt(sessions.expiresAt, now))).orderBy(desc(sessions.id)).limit(100);
export const deleteExpiredSessions = (db: Db, now: number) => db.delete(sessions).where(lt(sessions.expiresAt, now));
