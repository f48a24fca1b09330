import { and, asc, eq, gt, lt, sql } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { passkeyChallenges, passkeys, users } from "./schema/identity.ts";

export const insertChallenge = (db: Db, challenge: typeof passkeyChallenges.$inferInsert) => db.insert(passkeyChallenges).values(challenge);

/** Takes a challenge out for good, before anybody looks at what was signed. */
export const takeChallenge = (db: Db, challengeId: string, purpose: "register" | "sign_in" | "step_up", now: number) =>
  db.delete(passkeyChallenges).where(and(eq(passkeyChallenges.id, challengeId), eq(passkeyChallenges.purpose, purpose), gt(passkeyChallenges.expiresAt, now)))
    .returning({ challenge: passkeyChallenges.challenge, userId: passkeyChallenges.userId });

export const deleteExpiredChallenges = (db: Db, now: number) => db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));

export const insertPasskey = (db: Db, passkey: typeof passkeys.$inferInsert) => db.insert(passkeys).values(passkey);

/** A passkey of somebody who may sign in; a statement for the caller's batch. */
export const selectPasskey = (db: Db, credentialId: string) =>
  db.select({ id: passkeys.id, userId: named(users.id, "user_id"), publicKey: passkeys.publicKey, counter: passkeys.counter, transports: passkeys.transports, deviceType: passkeys.deviceType })
    .from(passkeys).innerJoin(users, and(eq(users.id, passkeys.userId), eq(users.status, "active"))).where(eq(passkeys.id, credentialId));
export type Passkey = Awaited<ReturnType<typeof selectPasskey>>[number];

/** Breaks its batch (NOT NULL passkeys.counter) when another use has counted as far already: the key was copied. */
export const countPasskeyUse = (db: Db, userId: string, passkeyId: string, used: { counter: number; backedUp: boolean; now: number }) =>
  db.update(passkeys).set({
    counter: sql`CASE WHEN ${passkeys.counter} < ${used.counter} OR (${passkeys.counter} = 0 AND ${used.counter} = 0) THEN ${used.counter} END`,
    backedUp: used.backedUp, lastUsedAt: used.now,
  }).where(and(eq(passkeys.userId, userId), eq(passkeys.id, passkeyId)));

export const selectPasskeys = (db: Db, userId: string) =>
  db.select({ id: passkeys.id, name: passkeys.name, transports: passkeys.transports, backedUp: passkeys.backedUp, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
    .from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt), asc(passkeys.id)).limit(100);

export const renamePasskey = (db: Db, userId: string, passkeyId: string, name: string) =>
  db.update(passkeys).set({ name }).where(and(eq(passkeys.userId, userId), eq(passkeys.id, passkeyId)));
export const deletePasskey = (db: Db, userId: string, passkeyId: string) => db.delete(passkeys).where(and(eq(passkeys.userId, userId), eq(passkeys.id, passkeyId)));

export const deletePasskeys = (db: Db, userId: string) => db.delete(passkeys).where(eq(passkeys.userId, userId));
export async function hasPasskey(db: Db, userId: string, passkeyId: string): Promise<boolean> {
  return (await db.select({ id: passkeys.id }).from(passkeys).where(and(eq(passkeys.userId, userId), eq(passkeys.id, passkeyId)))).length > 0;
}
