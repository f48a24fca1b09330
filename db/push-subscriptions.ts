import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { pushSubscriptions } from "./schema/notifications.ts";

export type PushSubscription = typeof pushSubscriptions.$inferSelect;

export const selectPushSubscriptions = (db: Db, userId: string) => db.select().from(pushSubscriptions).where(eq(pushSubscriptions.userId, userId)).orderBy(desc(pushSubscriptions.id)).limit(20);

/** A browser belongs to whoever said so last. */
export const putPushSubscription = (db: Db, subscription: PushSubscription) =>
  db.insert(pushSubscriptions).values(subscription).onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: { userId: subscription.userId, userAgent: subscription.userAgent, createdAt: subscription.createdAt } });

/** Browsers beyond the latest few are forgotten. */
export const trimPushSubscriptions = (db: Db, userId: string, kept: number) =>
  db.delete(pushSubscriptions).where(and(eq(pushSubscriptions.userId, userId), sql`id NOT IN (SELECT p.id FROM push_subscriptions p WHERE p.user_id = ${userId} ORDER BY p.created_at DESC, p.id DESC LIMIT ${kept})`));

export const deletePushSubscription = (db: Db, userId: string, id: string) => db.delete(pushSubscriptions).where(and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.id, id)));
