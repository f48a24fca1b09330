import { and, asc, desc, eq, gte, lte, sql } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { moods } from "./schema/daily-life.ts";

type MoodRow = typeof moods.$inferSelect;

/** One a day each: whoever says it again on the same day says it anew. */
export const putMood = (db: Db, entry: typeof moods.$inferInsert) =>
  db.insert(moods).values(entry).onConflictDoUpdate({ target: [moods.studentId, moods.onDate, moods.recordedBy], set: { mood: entry.mood, energy: entry.energy, note: entry.note ?? null, at: entry.at } });

export const updateMood = (db: Db, { id, onDate, recordedBy }: Pick<MoodRow, "id" | "onDate" | "recordedBy">, change: Partial<MoodRow>) =>
  db.update(moods).set(change).where(and(eq(moods.id, id), eq(moods.onDate, onDate), eq(moods.recordedBy, recordedBy)));

const told = { id: moods.id, studentId: moods.studentId, onDate: moods.onDate, mood: moods.mood, energy: moods.energy, note: moods.note, recordedBy: moods.recordedBy, at: moods.at, recorder: named(users.name, "recorder_name") };

/** Of those days, newest first; whether the reader may know is the caller's to ask. A statement for the caller's batch. */
export const selectMoods = (db: Db, studentId: string, { from, to }: { from: string; to: string }) =>
  db.select(told).from(moods).innerJoin(users, eq(users.id, moods.recordedBy))
    .where(and(eq(moods.studentId, studentId), gte(moods.onDate, from), lte(moods.onDate, to))).orderBy(desc(moods.onDate), asc(moods.id)).limit(1_000);
export type MoodEntry = Awaited<ReturnType<typeof selectMoods>>[number];

export async function findMood(db: Db, id: string) {
  return (await db.select({ ...told, timeZone: sql<string>`(SELECT c.time_zone FROM users c WHERE c.id = ${moods.studentId})`.as("child_time_zone") })
    .from(moods).innerJoin(users, eq(users.id, moods.recordedBy)).where(eq(moods.id, id)).get()) ?? null;
}
