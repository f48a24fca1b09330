import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { codeFactors, sentCodes, users } from "./schema/identity.ts";

export type CodeChannel = "sms" | "email";
export type CodePurpose = "set_up" | "sign_in";

/** An address that waits for its first code. One that is in use stays. */
export const putPendingCodeFactor = (db: Db, factor: { userId: string; channel: CodeChannel; address: string; createdAt: number }) =>
  db.insert(codeFactors).values(factor).onConflictDoUpdate({ target: [codeFactors.userId, codeFactors.channel], set: { address: factor.address, createdAt: factor.createdAt }, setWhere: isNull(codeFactors.verifiedAt) });

/** A person's addresses for codes, confirmed or not; a statement for the caller's batch. */
export const selectCodeFactors = (db: Db, userId: string) =>
  db.select({ channel: codeFactors.channel, address: codeFactors.address, verifiedAt: codeFactors.verifiedAt }).from(codeFactors).where(eq(codeFactors.userId, userId));

export const enableCodeFactor = (db: Db, userId: string, channel: CodeChannel, now: number) =>
  db.update(codeFactors).set({ verifiedAt: now }).where(and(eq(codeFactors.userId, userId), eq(codeFactors.channel, channel)));
export const deleteCodeFactor = (db: Db, userId: string, channel: CodeChannel) => db.delete(codeFactors).where(and(eq(codeFactors.userId, userId), eq(codeFactors.channel, channel)));
export const deleteCodeFactors = (db: Db, userId: string) => db.delete(codeFactors).where(eq(codeFactors.userId, userId));

/** Codes went to the account's own address and that is another now. Codes that lie in the old mailbox are good no more. */
export const followEmail = (db: Db, { userId, from, to, now }: { userId: string; from: string | null; to: string; now: number }) => [
  db.update(codeFactors).set({ address: to }).where(and(eq(codeFactors.userId, userId), eq(codeFactors.channel, "email"), eq(codeFactors.address, from ?? ""))),
  db.update(sentCodes).set({ usedAt: now }).where(and(eq(sentCodes.userId, userId), eq(sentCodes.channel, "email"), isNull(sentCodes.usedAt))),
];

/** The newest code counts: those before it are used up. */
export const putSentCode = (db: Db, code: typeof sentCodes.$inferInsert) => [
  db.update(sentCodes).set({ usedAt: code.createdAt }).where(and(eq(sentCodes.userId, code.userId), eq(sentCodes.purpose, code.purpose), isNull(sentCodes.usedAt))),
  db.insert(sentCodes).values(code),
];

/** The one code that is good now; a statement for the caller's batch. */
export const selectSentCode = (db: Db, userId: string, purpose: CodePurpose, now: number) =>
  db.select({ id: sentCodes.id, channel: sentCodes.channel, codeHash: sentCodes.codeHash }).from(sentCodes)
    .where(and(eq(sentCodes.userId, userId), eq(sentCodes.purpose, purpose), isNull(sentCodes.usedAt), gt(sentCodes.expiresAt, now))).orderBy(desc(sentCodes.id)).limit(1);
export type SentCode = Awaited<ReturnType<typeof selectSentCode>>[number];

/** Breaks its batch (NOT NULL sent_codes.code_hash) when the code was used already. */
export const spendSentCode = (db: Db, userId: string, id: string, now: number) =>
  db.update(sentCodes).set({ usedAt: now, codeHash: sql`CASE WHEN ${sentCodes.usedAt} IS NULL THEN ${sentCodes.codeHash} END` }).where(and(eq(sentCodes.userId, userId), eq(sentCodes.id, id)));

/** Where a code still goes; null once it is used, replaced or lapsed, or its address was taken away. */
export async function findCodeToSend(db: Db, id: string, now: number) {
  const [found] = await db.select({ userId: sentCodes.userId, channel: sentCodes.channel, address: codeFactors.address, name: users.name, locale: users.locale })
    .from(sentCodes)
    .innerJoin(codeFactors, and(eq(codeFactors.userId, sentCodes.userId), eq(codeFactors.channel, sentCodes.channel)))
    .innerJoin(users, and(eq(users.id, sentCodes.userId), eq(users.status, "active")))
    .where(and(eq(sentCodes.id, id), isNull(sentCodes.usedAt), gt(sentCodes.expiresAt, now)));
  return found ?? null;
}

export const deleteExpiredCodes = (db: Db, now: number) => db.delete(sentCodes).where(lt(sentCodes.expiresAt, now));
