import { and, eq, inArray, lte, or, sql, type SQL } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { guards } from "./guardianships.ts";
import { keptAway } from "./restrictions.ts";
import { codeFactors, recoveries, users } from "./schema/identity.ts";

export type Recovery = typeof recoveries.$inferSelect;

/** A lasting guardian of a child whose guardian the person is too: their word counts. */
const mayVouch = (voucherId: string | SQL, userId: string | SQL, now: number) => sql<boolean>`EXISTS (SELECT 1 FROM guardianships v WHERE v.guardian_id = ${voucherId} AND v.guardian_id <> ${userId} AND v.active = 1 AND v.starts_at <= ${now} AND v.ends_at IS NULL AND v.delegated_by IS NULL
  AND NOT ${keptAway(sql`v.guardian_id`, sql`v.child_id`, now)} AND ${guards(userId, sql`v.child_id`, now)})`;

/** All other guardians of the person's children now, and whether their word counts; a statement for the caller's batch. */
export const selectCircle = (db: Db, userId: string | SQL, now: number) =>
  db.select({ userId: named(users.id, "circle_user_id"), mayVouch: mayVouch(sql`users.id`, userId, now).mapWith(Boolean).as("may_vouch") }).from(users)
    .where(and(eq(users.status, "active"), sql`users.id IN (SELECT g.guardian_id FROM guardianships mine JOIN guardianships g ON g.child_id = mine.child_id AND g.guardian_id <> mine.guardian_id
      WHERE mine.guardian_id = ${userId} AND ${guards(userId, sql`mine.child_id`, now)} AND ${guards(sql`g.guardian_id`, sql`g.child_id`, now)})`));

export const ownerOf = (id: string) => sql`(SELECT r.user_id FROM recoveries r WHERE r.id = ${id})`;

/** Shuts what waits for a word, or has lapsed. One that is vouched for stands: another breaks its batch (UNIQUE recoveries.user_id). */
export const makeRoomForRecovery = (db: Db, userId: string, now: number) =>
  db.update(recoveries).set({ status: sql`CASE WHEN ${recoveries.expiresAt} <= ${now} THEN 'expired' ELSE 'cancelled' END` })
    .where(and(eq(recoveries.userId, userId), or(eq(recoveries.status, "waiting"), and(eq(recoveries.status, "vouched"), lte(recoveries.expiresAt, now)))));
export const insertRecovery = (db: Db, recovery: typeof recoveries.$inferInsert) => db.insert(recoveries).values(recovery);

const person = { personName: named(users.name, "person_name"), email: users.email, locale: users.locale, timeZone: users.timeZone };

/** By the secret that the asker holds; a statement for the caller's batch. */
export const selectRecoveryBySecret = (db: Db, secretHash: string) =>
  db.select({ recovery: recoveries, ...person }).from(recoveries).innerJoin(users, and(eq(users.id, recoveries.userId), eq(users.status, "active"))).where(eq(recoveries.secretHash, secretHash));

/** For its owner, and for who may vouch; to anybody else unknown. */
export const selectRecovery = (db: Db, readerId: string, id: string, now: number) =>
  db.select({ recovery: recoveries, ...person }).from(recoveries).innerJoin(users, and(eq(users.id, recoveries.userId), eq(users.status, "active")))
    .where(and(eq(recoveries.id, id), or(eq(recoveries.userId, readerId), mayVouch(readerId, sql`recoveries.user_id`, now))));

export async function findRecovery(db: Db, id: string): Promise<Recovery | null> {
  return (await db.select().from(recoveries).where(eq(recoveries.id, id)).get()) ?? null;
}

/** Whom to tell, and where: their mail, and a phone if they have named one. */
export async function findReachable(db: Db, userId: string) {
  const [found] = await db.select({ name: users.name, email: users.email, locale: users.locale, timeZone: users.timeZone, phone: sql<string | null>`coalesce(${users.phone}, ${codeFactors.address})` }).from(users)
    .leftJoin(codeFactors, and(eq(codeFactors.userId, users.id), eq(codeFactors.channel, "sms"), sql`${codeFactors.verifiedAt} IS NOT NULL`)).where(and(eq(users.id, userId), eq(users.status, "active")));
  return found ?? null;
}

/** Each moves on only from where it may, and else breaks its batch (NOT NULL recoveries.status): too late, twice, too early, or no longer a guardian. */
export const vouchFor = (db: Db, id: string, voucherId: string, when: { now: number; readyAt: number; expiresAt: number }) =>
  db.update(recoveries).set({
    status: sql`CASE WHEN ${recoveries.status} = 'waiting' AND ${when.now} < ${recoveries.expiresAt} AND ${mayVouch(voucherId, sql`recoveries.user_id`, when.now)} THEN 'vouched' END`,
    voucherId, vouchedAt: when.now, readyAt: when.readyAt, expiresAt: when.expiresAt,
  }).where(eq(recoveries.id, id));
export const cancelRecovery = (db: Db, id: string) =>
  db.update(recoveries).set({ status: sql`CASE WHEN ${inArray(recoveries.status, ["waiting", "vouched"])} THEN 'cancelled' END` }).where(eq(recoveries.id, id));
export const finishRecovery = (db: Db, id: string, now: number) =>
  db.update(recoveries).set({
    status: sql`CASE WHEN ${recoveries.status} = 'vouched' AND ${recoveries.readyAt} <= ${now} AND ${now} < ${recoveries.expiresAt}
      AND (${recoveries.voucherId} IS NULL OR ${mayVouch(sql`recoveries.voucher_id`, sql`recoveries.user_id`, now)}) THEN 'done' END`,
  }).where(eq(recoveries.id, id));
