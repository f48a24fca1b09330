import { and, eq, isNull, not, sql, type SQL } from "drizzle-orm";
import type { Db } from "./client.ts";
import { backupCodes, totpFactors } from "./schema/identity.ts";

/** Uses up a time step and all before it. Breaks its batch (NOT NULL totp_factors.last_step) when that step was used already. */
export const spendTotpStep = (db: Db, userId: string, step: number) =>
  db.update(totpFactors).set({ lastStep: sql`CASE WHEN ${totpFactors.lastStep} < ${step} THEN ${step} END` }).where(eq(totpFactors.userId, userId));

export const selectBackupCode = (db: Db, userId: string, codeHash: string) =>
  db.select({ usedAt: backupCodes.usedAt }).from(backupCodes).where(and(eq(backupCodes.userId, userId), eq(backupCodes.codeHash, codeHash)));

/** Breaks its batch (NOT NULL backup_codes.code_hash) when the code was used already. */
export const spendBackupCode = (db: Db, userId: string, codeHash: string, now: number) =>
  db.update(backupCodes)
    .set({ usedAt: now, codeHash: sql`CASE WHEN ${backupCodes.usedAt} IS NULL THEN ${backupCodes.codeHash} END` })
    .where(and(eq(backupCodes.userId, userId), eq(backupCodes.codeHash, codeHash)));

/** A secret that waits for its first code. One that is in use stays. */
export const putPendingTotp = (db: Db, userId: string, sealedSecret: string) =>
  db.insert(totpFactors).values({ userId, sealedSecret }).onConflictDoUpdate({ target: totpFactors.userId, set: { sealedSecret, lastStep: 0 }, setWhere: isNull(totpFactors.enabledAt) });
export const selectTotp = (db: Db, userId: string) => db.select().from(totpFactors).where(eq(totpFactors.userId, userId));

/** Breaks its batch (NOT NULL totp_factors.last_step) when it is in use already. */
export const enableTotp = (db: Db, userId: string, step: number, now: number) =>
  db.update(totpFactors).set({ enabledAt: now, lastStep: sql`CASE WHEN ${totpFactors.enabledAt} IS NULL THEN ${step} END` }).where(eq(totpFactors.userId, userId));
export const deleteTotp = (db: Db, userId: string) => db.delete(totpFactors).where(eq(totpFactors.userId, userId));

export const replaceBackupCodes = (db: Db, userId: string, codeHashes: string[], createdAt: number) => [
  deleteBackupCodes(db, userId),
  db.insert(backupCodes).values(codeHashes.map((codeHash) => ({ userId, codeHash, createdAt }))),
];
/** When the last factor went, what stood in for it goes too. */
export const deleteUnguardedBackupCodes = (db: Db, userId: string) => db.delete(backupCodes).where(and(eq(backupCodes.userId, userId), not(anyFactorOf(sql`${userId}`))));
export const deleteBackupCodes = (db: Db, userId: string) => db.delete(backupCodes).where(eq(backupCodes.userId, userId));

/** Whether something is asked for beside the password. */
const anyFactorOf = (userId: SQL) => sql<number>`(EXISTS (SELECT 1 FROM totp_factors t WHERE t.user_id = ${userId} AND t.enabled_at IS NOT NULL) OR EXISTS (SELECT 1 FROM code_factors c WHERE c.user_id = ${userId} AND c.verified_at IS NOT NULL))`;
export async function hasSecondFactor(db: Db, userId: string): Promise<boolean> {
  const found = await db.get<{ n: number }>(sql`SELECT ${anyFactorOf(sql`${userId}`)} AS n`);
  return found.n === 1;
}

/** A person's confirmed addresses for codes, as JSON: `[{channel, address}]`. */
export const codeAddressesOf = (userId: SQL) => sql<{ channel: "sms" | "email"; address: string }[]>`(SELECT json_group_array(json_object('channel', c.channel, 'address', c.address)) FROM code_factors c WHERE c.user_id = ${userId} AND c.verified_at IS NOT NULL)`.mapWith((value: string) => JSON.parse(value) as { channel: "sms" | "email"; address: string }[]);

/** What is set up; a statement for the caller's batch. */
export const selectFactorStatus = (db: Db, userId: string) =>
  db.select({
    totpEnabledAt: sql<number | null>`(SELECT enabled_at FROM totp_factors WHERE user_id = ${userId})`.as("totp_enabled_at"),
    backupCodesLeft: sql<number>`(SELECT count(*) FROM backup_codes WHERE user_id = ${userId} AND used_at IS NULL)`.as("backup_codes_left"),
    passkeys: sql<number>`(SELECT count(*) FROM passkeys WHERE user_id = ${userId})`.as("passkeys"),
    codeAddresses: codeAddressesOf(sql`${userId}`).as("code_addresses"),
  }).from(sql`(SELECT 1)`);
