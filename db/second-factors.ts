import { and, eq, sql } from "drizzle-orm";
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
