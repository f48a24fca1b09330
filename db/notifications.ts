import { and, count, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { addMany } from "./bulk.ts";
import { commitReturning, type Db, type Write } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { userProfiles, users } from "./schema/identity.ts";
import { deliveries, mailboxMessages, notifications } from "./schema/notifications.ts";

export type Notification = typeof notifications.$inferSelect;
export type NewNotification = typeof notifications.$inferInsert;
/** The same cause tells a person once. */
export const insertNotification = (db: Db, notification: NewNotification) => db.insert(notifications).values(notification).onConflictDoNothing();
export const insertNotifications = (db: Db, rows: NewNotification[]): Write[] => addMany(db, notifications, rows);

/** `type` is a whole type or the word before its dot: `purchase.asked`, `purchase`. */
export type NotificationFilter = { type?: string; unread?: boolean; childId?: string };

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
  const gone = sql`(SELECT n.id FROM notifications n WHERE n.cause = ${cause} AND n.user_id IN (SELECT ${childId} UNION SELECT g.guardian_id FROM guardianships g WHERE g.child_id = ${childId})
    AND n.user_id NOT IN (SELECT value FROM json_each(${JSON.stringify(still)})))`;
  return [db.update(deliveries).set({ notificationId: null }).where(sql`${deliveries.notificationId} IN ${gone}`), db.delete(notifications).where(sql`${notifications.id} IN ${gone}`)];
}

/** What a mail needs to know: the notification, its reader, and whether it went out before. */
export async function findNotificationToMail(db: Db, id: string, now: number) {
  return (await db.select({
    id: notifications.id, type: notifications.type, facts: notifications.facts, path: notifications.path, userId: users.id, name: users.name, email: users.email, status: users.status,
    locale: users.locale, timeZone: users.timeZone, deliveryId: deliveries.id, severity: notifications.severity, defaults: userProfiles.notificationDefaults,
  }).from(notifications).innerJoin(users, eq(users.id, notifications.userId))
    .leftJoin(userProfiles, eq(userProfiles.userId, users.id))
    .leftJoin(deliveries, and(eq(deliveries.notificationId, notifications.id), eq(deliveries.channel, "email")))
    .where(and(eq(notifications.id, id), sql`NOT ${keptAway(sql`notifications.user_id`, sql`notifications.child_id`, now)}`)).get()) ?? null;
}

export const insertDelivery = (db: Db, delivery: typeof deliveries.$inferInsert) => db.insert(deliveries).values(delivery).onConflictDoNothing();

/** The same id once, as a provider keeps its promise about idempotency keys. */
export const insertMailboxMessage = (db: Db, message: typeof mailboxMessages.$inferInsert) => db.insert(mailboxMessages).values(message).onConflictDoNothing();

/** Newest first; `recipient` is any part of the address. */
export const listMailboxMessages = (db: Db, channel: "email" | "sms", recipient: string | undefined, limit: number) =>
  db.select().from(mailboxMessages)
    .where(and(eq(mailboxMessages.channel, channel), recipient === undefined ? undefined : sql`instr(${mailboxMessages.recipient}, ${recipient}) > 0`))
    .orderBy(desc(mailboxMessages.at), desc(sql`rowid`)).limit(limit);
