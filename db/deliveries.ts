import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Channel } from "#app/domain/notifications/topics.ts";
import { among } from "./bulk.ts";
import { named, rows, write, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { deliveries, notifications } from "./schema/notifications.ts";

export type NewDelivery = typeof deliveries.$inferInsert;

export const insertDelivery = (db: Db, delivery: NewDelivery) => db.insert(deliveries).values(delivery).onConflictDoNothing();

/** What became of it by this channel; of what is to be tried again the attempts are counted. */
export const putDelivery = (db: Db, delivery: NewDelivery) => {
  const { outcome, providerRef, problem, dueAt, at } = { outcome: "sent" as const, providerRef: null, problem: null, dueAt: null, ...delivery };
  return db.insert(deliveries).values(delivery).onConflictDoUpdate({
    target: [deliveries.notificationId, deliveries.channel], set: { outcome, providerRef, problem, dueAt, at, attempts: sql`${deliveries.attempts} + ${delivery.attempts ?? 1}` }, setWhere: eq(deliveries.outcome, "retrying"),
  });
};

/** What was not taken until the last attempt. */
export const failDeliveries = (db: Db, notificationId: string) => db.update(deliveries).set({ outcome: "failed" }).where(and(eq(deliveries.notificationId, notificationId), eq(deliveries.outcome, "retrying")));

/** A notification with its reader, as far as a delivery needs them. */
export async function findToDeliver(db: Db, notificationId: string) {
  return (await db.select({
    id: notifications.id, type: notifications.type, severity: notifications.severity, facts: notifications.facts, path: notifications.path, childId: notifications.childId, readAt: notifications.readAt,
    userId: users.id, kind: users.kind, name: users.name, email: users.email, phone: users.phone, status: users.status, locale: users.locale, timeZone: users.timeZone,
  }).from(notifications).innerJoin(users, eq(users.id, notifications.userId)).where(eq(notifications.id, notificationId)).get()) ?? null;
}
export type Deliverable = NonNullable<Awaited<ReturnType<typeof findToDeliver>>>;

export const selectDeliveriesOf = (db: Db, notificationId: string) => db.select({ channel: deliveries.channel, outcome: deliveries.outcome }).from(deliveries).where(eq(deliveries.notificationId, notificationId));

/** How many other notifications interrupted this person since then, or are on their way; a digest is no interruption. */
const interruptions = (userId: string, notificationId: string, since: number) => sql<number>`(SELECT count(DISTINCT d.notification_id) FROM deliveries d
  WHERE d.user_id = ${userId} AND d.at >= ${since} AND d.outcome IN ('sent', 'retrying') AND d.digest_at IS NULL AND d.notification_id <> ${notificationId})`;
export const countInterruptions = (db: Db, userId: string, notificationId: string, since: number) => rows<{ sent: number }>(db, sql`SELECT ${interruptions(userId, notificationId, since)} AS sent`);

type Claim = { id: string; notificationId: string; userId: string; channel: Channel; at: number; since: number; most: number; else: number };
/** Takes one of the interruptions there may be since then, before anything is sent; or holds it for a digest, where others took them. Answers which, and nothing for what another run has settled. */
export const claimInterruption = (db: Db, { id, notificationId, userId, channel, at, since, most, else: dueAt }: Claim) => rows<{ outcome: "retrying" | "held" }>(db, sql`
  INSERT INTO deliveries (id, notification_id, user_id, channel, outcome, attempts, due_at, at)
  SELECT ${id}, ${notificationId}, ${userId}, ${channel}, iif(free, 'retrying', 'held'), 0, iif(free, NULL, ${dueAt}), ${at} FROM (SELECT ${interruptions(userId, notificationId, since)} < ${most} AS free) WHERE true
  ON CONFLICT (notification_id, channel) DO UPDATE SET outcome = excluded.outcome, due_at = excluded.due_at, at = excluded.at WHERE deliveries.outcome = 'retrying' RETURNING outcome`);

/** Whose digest is due. */
export async function listDigestsDue(db: Db, now: number, limit: number): Promise<string[]> {
  const due = await db.selectDistinct({ userId: deliveries.userId }).from(deliveries).where(and(sql`outcome = 'held' AND digest_at IS NULL`, lte(deliveries.dueAt, now))).limit(limit);
  return due.flatMap(({ userId }) => userId ?? []);
}

/** What is due of these people goes into their digests of now, and into no other. */
export const gatherDigests = (db: Db, userIds: string[], now: number) => db.update(deliveries).set({ digestAt: now })
  .where(and(sql`outcome = 'held' AND digest_at IS NULL`, lte(deliveries.dueAt, now), sql`${deliveries.userId} IN ${among(userIds)}`));

/** What goes into a digest and is still unread: each notification once, not what was mailed already. Statements for the caller's batch. */
export const selectDigest = (db: Db, userId: string, digestAt: number, limit: number) => db.selectDistinct({
  id: notifications.id, type: notifications.type, facts: notifications.facts, path: notifications.path, childId: notifications.childId,
}).from(deliveries).innerJoin(notifications, and(eq(notifications.id, deliveries.notificationId), isNull(notifications.readAt)))
  .where(and(eq(deliveries.userId, userId), eq(deliveries.digestAt, digestAt), eq(deliveries.outcome, "held"),
    sql`NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.notification_id = ${notifications.id} AND d.channel = 'email' AND d.outcome = 'sent')`))
  .orderBy(asc(notifications.id)).limit(limit);

export const selectDigestReader = (db: Db, userId: string) => db.select({
  userId: named(users.id, "reader_id"), kind: users.kind, name: users.name, email: users.email, locale: users.locale, timeZone: users.timeZone,
}).from(users).where(and(eq(users.id, userId), eq(users.status, "active")));

/** The digest is through: these were in it, the rest nobody needed any more. */
export const closeDigest = (db: Db, userId: string, digestAt: number, told: string[], providerRef: string | null, now: number) =>
  write(db, `UPDATE deliveries SET outcome = CASE WHEN notification_id IN (SELECT value FROM json_each(?3)) THEN 'sent' ELSE 'dropped' END, attempts = attempts + 1, provider_ref = ?4, at = ?5
    WHERE user_id = ?1 AND digest_at = ?2 AND outcome = 'held'`, userId, digestAt, JSON.stringify(told), providerRef, now);

export const failDigest = (db: Db, userId: string, digestAt: number) => db.update(deliveries).set({ outcome: "failed" }).where(and(eq(deliveries.userId, userId), eq(deliveries.digestAt, digestAt), inArray(deliveries.outcome, ["held"])));
