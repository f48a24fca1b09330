import { and, desc, eq, gte, lte, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import { named, type Db } from "./client.ts";
import { activities } from "./schema/daily-life.ts";
import { subjects } from "./schema/schools.ts";

export type NewActivity = typeof activities.$inferInsert;

/** What was written for the same cause stays as it is. */
export const insertActivity = (db: Db, activity: NewActivity) => db.insert(activities).values(activity).onConflictDoNothing({ target: [activities.studentId, activities.cause] });

/** Of the family everything, of a school what was done there. */
const shownTo = (readerId: string, studentId: string, rule: ReadRule, now: number) =>
  and(eq(activities.studentId, studentId), mayRead(readerId, sql`${studentId}`, rule, now, sql`activities.school_id`));

/** What was done on each day of the range. A statement for the caller's batch. */
export const selectActivityDays = (db: Db, readerId: string, studentId: string, rule: ReadRule, { from, to }: { from: string; to: string }, now: number) =>
  db.select({ date: activities.onDate, minutes: sql<number>`sum(${activities.minutes})`.as("minutes_done"), count: sql<number>`count(*)`.as("things_done") }).from(activities)
    .where(and(shownTo(readerId, studentId, rule, now), gte(activities.onDate, from), lte(activities.onDate, to))).groupBy(activities.onDate).orderBy(activities.onDate).limit(400);

/** How far back a streak is counted: three school years. */
const DAYS_COUNTED = 1_100;

/** The days on which anything was done, newest first. A statement for the caller's batch. */
export const selectActiveDates = (db: Db, readerId: string, studentId: string, rule: ReadRule, now: number) =>
  db.selectDistinct({ date: activities.onDate }).from(activities).where(shownTo(readerId, studentId, rule, now)).orderBy(desc(activities.onDate)).limit(DAYS_COUNTED);

type Before = { at: number; id: string };

/** What was done, newest first. A statement for the caller's batch. */
export const selectFeed = (db: Db, readerId: string, studentId: string, rule: ReadRule, { before, limit }: { before?: Before | undefined; limit: number }, now: number) =>
  db.select({
    id: activities.id, kind: activities.kind, about: activities.about, minutes: activities.minutes, cause: activities.cause, onDate: activities.onDate, at: activities.at, subject: named(subjects.name, "subject_name"),
  }).from(activities).leftJoin(subjects, eq(subjects.id, activities.subjectId))
    .where(and(shownTo(readerId, studentId, rule, now), before === undefined ? undefined : sql`(${activities.at}, ${activities.id}) < (${before.at}, ${before.id})`))
    .orderBy(desc(activities.at), desc(activities.id)).limit(limit);
export type FeedRow = Awaited<ReturnType<typeof selectFeed>>[number];

/** One that was done away from here, as this person told it. A statement for the caller's batch. */
export const selectTold = (db: Db, studentId: string, teller: string, id: string) =>
  db.select({ id: activities.id, kind: activities.kind, minutes: activities.minutes, onDate: activities.onDate }).from(activities).where(and(eq(activities.id, id), eq(activities.studentId, studentId), sql`${activities.cause} GLOB ${`${teller}*`}`));
export const deleteActivity = (db: Db, id: string) => db.delete(activities).where(eq(activities.id, id));

export const selectActivityOf = (db: Db, studentId: string, cause: string) => db.select().from(activities).where(and(eq(activities.studentId, studentId), eq(activities.cause, cause)));
