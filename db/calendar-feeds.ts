import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { calendarFeeds } from "./schema/lessons.ts";
import { users } from "./schema/identity.ts";

const isOpen = (userId: string) => and(eq(calendarFeeds.userId, userId), isNull(calendarFeeds.revokedAt));

/** A person's own addresses, newest first. */
export const selectCalendarFeeds = (db: Db, userId: string) => db
  .select({ id: calendarFeeds.id, name: calendarFeeds.name, childId: calendarFeeds.childId, child: users.name, createdAt: calendarFeeds.createdAt, lastReadAt: calendarFeeds.lastReadAt })
  .from(calendarFeeds).leftJoin(users, eq(users.id, calendarFeeds.childId)).where(isOpen(userId)).orderBy(desc(calendarFeeds.id)).limit(100);

/** Aborts its batch (NOT NULL calendar_feeds.name) when they have so many already. */
export const insertCalendarFeed = (db: Db, feed: typeof calendarFeeds.$inferInsert, most: number) =>
  db.insert(calendarFeeds).values({ ...feed, name: sql`CASE WHEN (SELECT count(*) FROM calendar_feeds WHERE ${isOpen(feed.userId)}) < ${most} THEN ${feed.name} END` });
export const revokeCalendarFeed = (db: Db, userId: string, id: string, now: number) => db.update(calendarFeeds).set({ revokedAt: now }).where(and(eq(calendarFeeds.id, id), isOpen(userId)));
export const noteCalendarRead = (db: Db, id: string, now: number) => db.update(calendarFeeds).set({ lastReadAt: now }).where(eq(calendarFeeds.id, id));
