import { and, count, desc, eq, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { Channel } from "#app/domain/notifications/topics.ts";
import { addMany } from "./bulk.ts";
import { commitReturning, write, type Db, type Write } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { deliveries, mailboxMessages, notifications } from "./schema/notifications.ts";

export type Notification = typeof notifications.$inferSelect;
type NewNotification = typeof notifications.$inferInsert;
/** The same cause tells a person once. */
export const insertNotification = (db: Db, notification: NewNotification) => db.insert(notifications).values(notification).onConflictDoNothing();
export const insertNotifications = (db: Db, rows: NewNotification[]): Write[] => addMany(db, notifications, rows);

/** The job that delivers each; none for what its reader was told before. */
export const insertDeliveryJobs = (db: Db, notes: { id: string; jobId: string }[], now: number): Write =>
  write(db, `INSERT INTO jobs (id, kind, payload, available_at, created_at) SELECT j.value ->> 'jobId', 'deliver-notification', json_object('notificationId', j.value ->> 'id'), ?2, ?2
    FROM json_each(?1) j WHERE EXISTS (SELECT 1 FROM notifications n WHERE n.id = j.value ->> 'id')`, JSON.stringify(notes), now);

/** `type` is a whole type or the word before its dot: `purchase.asked`, `purchase`. */
type NotificationFilter = { type?: string; unread?: boolean; childId?: string };

/** One's own; nothing about a child from whom one is kept away. */
const ownAt = (userId: string, now: number) => and(eq(notifications.userId, userId), sql`NOT ${keptAway(userId, sql`notifications.child_id`, now)}`);

const fitting = (userId: string, { type, unread, childId }: NotificationFilter, now: number) => and(
  ownAt(userId, now),
  type === undefined ? undefined : or(eq(notifications.type, type), sql`instr(${notifications.type}, ${`${type}.`}) = 1`),
  unread === undefined ? undefined : unread ? isNull(notifications.readAt) : sql`${notifications.readAt} IS NOT NULL`,
  childId === undefined ? undefined : eq(notifications.childId, childId),
);

/** The person's own, newest first, older than the cursor. A statement for the caller's batch. */
export const selectNotifications = (db: Db, userId: string, filter: NotificationFilter, { before, limit }: { before?: string | undefined; limit: number }, now: number) =>
  db.select().from(notifications).where(and(fitting(userId, filter, now), before === undefined ? undefined : lt(notifications.id, before))).orderBy(desc(notifications.id)).limit(limit);

export const countNotifications = (db: Db, userId: string, now: number) =>
  db.select({ type: notifications.type, total: count(), unread: sql<number>`count(*) FILTER (WHERE ${notifications.readAt} IS NULL)` }).from(notifications).where(ownAt(userId, now)).groupBy(notifications.type).orderBy(notifications.type);

/** Keeps the instant of the first reading. Answers null for what is not this person's. */
export async function readNotification(db: Db, userId: string, id: string, now: number): Promise<Notification | null> {
  const [read] = await commitReturning(db, [db.update(notifications).set({ readAt: sql`coalesce(${notifications.readAt}, ${now})` }).where(and(ownAt(userId, now), eq(notifications.id, id))).returning()]) as [Notification[]];
  return read[0] ?? null;
}

export async function readAllNotifications(db: Db, userId: string, filter: NotificationFilter, now: number): Promise<number> {
  const [read] = await commitReturning(db, [db.update(notifications).set({ readAt: now }).where(fitting(userId, { ...filter, unread: true }, now))]) as [D1Result];
  return read.meta.changes;
}

/** What was told of a child's matter that is no more, or no longer for all: taken from everybody but these. The delivery log stays. */
export function withdrawNotifications(db: Db, cause: string, childId: string, still: string[] = []): Write[] {
  return withdrawn(db, cause, sql`n.user_id IN (SELECT ${childId} UNION SELECT g.guardian_id FROM guardianships g WHERE g.child_id = ${childId}) AND n.user_id NOT IN (SELECT value FROM json_each(${JSON.stringify(still)}))`);
}

/** The same, taken from these people. */
export const withdrawFrom = (db: Db, cause: string, userIds: string[]): Write[] => withdrawn(db, cause, sql`n.user_id IN (SELECT value FROM json_each(${JSON.stringify(userIds)}))`);

function withdrawn(db: Db, cause: string, whose: SQL): Write[] {
  const gone = sql`(SELECT n.id FROM notifications n WHERE n.cause = ${cause} AND ${whose})`;
  return [db.update(deliveries).set({ notificationId: null }).where(sql`${deliveries.notificationId} IN ${gone}`), db.delete(notifications).where(sql`${notifications.id} IN ${gone}`)];
}

/** The same id once, as a provider keeps its promise about idempotency keys. */
export const insertMailboxMessage = (db: Db, message: typeof mailboxMessages.$inferInsert) => db.insert(mailboxMessages).values(message).onConflictDoNothing();

/** Newest first; `recipient` is any part of the address. */
export const listMailboxMessages = (db: Db, channel: Channel, recipient: string | undefined, limit: number) =>
  db.select().from(mailboxMessages)
    .where(and(eq(mailboxMessages.channel, channel), recipient === undefined ? undefined : sql`instr(${mailboxMessages.recipient}, ${recipient}) > 0`))
    .orderBy(desc(mailboxMessages.at), desc(sql`rowid`)).limit(limit);
