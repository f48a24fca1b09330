import { and, eq, sql, type SQL } from "drizzle-orm";
import { among, insertMany, insertReading, rowField } from "./bulk.ts";
import type { Db, Write } from "./client.ts";
import { minutesWith } from "./ledger.ts";
import { bookings, lessonChanges, lessons, lessonSeries } from "./schema/lessons.ts";

export type NewLesson = Omit<typeof lessons.$inferInsert, "minutesHad" | "minutesHeld">;
/** `heldBefore`: minutes that rows before it in the same act hold; null: nothing is asked of the account. */
type Hours = { heldBefore: number | null };
export type NewLessonChange = typeof lessonChanges.$inferInsert;

/** Minutes held for lessons of the student with the school, but for these. */
const heldBeside = (studentId: string, schoolId: string, lessonIds: string[]) => sql<number>`(SELECT coalesce(sum((h.ends_at - h.starts_at) / 60000), 0) FROM lessons h
  WHERE h.student_id = ${studentId} AND h.school_id = ${schoolId} AND h.uses_hours = 1 AND h.hours IS NULL AND h.id NOT IN ${among(lessonIds)})`;
const whereAsked = (heldBefore: SQL, minutes: SQL) => sql`CASE WHEN ${heldBefore} IS NOT NULL THEN ${minutes} END`;

/** Lessons of one student at one school. Breaks `lessons_enough_hours` where the account has too few. */
export function insertLessons(db: Db, rows: (NewLesson & Hours)[]): Write[] {
  const { studentId, schoolId } = rows[0]!;
  const before = rowField("heldBefore");
  return insertReading(db, lessons, rows, {
    minutesHad: whereAsked(before, minutesWith(studentId, schoolId)),
    minutesHeld: whereAsked(before, sql`${before} + ${heldBeside(studentId, schoolId, rows.map(({ id }) => id))}`),
  });
}

const CHANGED = { topic: "topic", place: "place", link: "link", timeZone: "time_zone", localStart: "local_start", localEnd: "local_end", startsAt: "starts_at", endsAt: "ends_at", usesHours: "uses_hours", approvedBy: "approved_by", seriesId: "series_id", seriesDate: "series_date" } as const;
type LessonChanged = Pick<typeof lessons.$inferSelect, keyof typeof CHANGED | "id" | "revision" | "studentId" | "schoolId">;

/** Sets lessons of one student at one school anew; aborts its batch (NOT NULL lessons.revision) where one was changed meanwhile or stands no more. */
export function updateLessons(db: Db, rows: (LessonChanged & Hours)[]): Write {
  const { studentId, schoolId } = rows[0]!;
  const fields = [...Object.keys(CHANGED), "id", "revision", "heldBefore"].map((key) => sql`${rowField(key)} AS ${sql.raw(`"${key}"`)}`);
  const before = sql.raw(`c."heldBefore"`);
  return db.update(lessons).set({
    ...(Object.fromEntries(Object.keys(CHANGED).map((key) => [key, sql.raw(`c."${key}"`)])) as Record<keyof typeof CHANGED, SQL>),
    minutesHad: whereAsked(before, minutesWith(studentId, schoolId)),
    minutesHeld: whereAsked(before, sql`${before} + ${heldBeside(studentId, schoolId, rows.map(({ id }) => id))}`),
    revision: stillAt(sql`c.revision`),
  }).from(sql`(SELECT ${sql.join(fields, sql`, `)} FROM json_each(${JSON.stringify(rows)})) c`).where(sql`lessons.id = c.id`);
}

const stillAt = (revision: SQL, statuses = sql`('scheduled')`) => sql`CASE WHEN lessons.revision = ${revision} AND lessons.status IN ${statuses} THEN lessons.revision + 1 END`;

type Cancelled = { id: string; revision: number; hours: "consumed" | "released" | null };
type Cancellation = { by: string; as: "teacher" | "family" | "administration"; reason: string | null; at: number };

/** Calls lessons off, under the same condition. */
export function cancelLessons(db: Db, rows: Cancelled[], { by, as, reason, at }: Cancellation): Write[] {
  return [
    db.update(lessons).set({
      status: "cancelled", cancelledBy: by, cancelledAs: as, cancelReason: reason, hours: sql`c.hours`, hoursAt: sql`CASE WHEN c.hours IS NOT NULL THEN ${at} END`, revision: stillAt(sql`c.revision`, sql`('scheduled', 'asked')`),
    }).from(sql`(SELECT ${rowField("id")} AS id, ${rowField("revision")} AS revision, ${rowField("hours")} AS hours FROM json_each(${JSON.stringify(rows)})) c`).where(sql`lessons.id = c.id`),
    closeBookings(db, rows.map(({ id }) => id), by, at),
  ];
}

/** What was asked of the guardians about these lessons is settled without an answer. */
export const closeBookings = (db: Db, lessonIds: string[], by: string, at: number) =>
  db.update(bookings).set({ status: "cancelled", decidedBy: by, decidedAt: at }).where(and(sql`${bookings.lessonId} IN ${among(lessonIds)}`, eq(bookings.status, "pending")));

export const insertLessonChanges = (db: Db, rows: NewLessonChange[]): Write[] => insertMany(db, lessonChanges, rows);
export const insertBookings = (db: Db, rows: (typeof bookings.$inferInsert)[]): Write[] => insertMany(db, bookings, rows);

export const insertSeries = (db: Db, row: typeof lessonSeries.$inferInsert) => db.insert(lessonSeries).values(row);
export const updateSeries = (db: Db, id: string, change: Partial<typeof lessonSeries.$inferInsert>) => db.update(lessonSeries).set(change).where(eq(lessonSeries.id, id));

/** Minutes that the student has with the school, and those held for lessons. */
export async function findHours(db: Db, studentId: string, schoolId: string, without: string[] = []) {
  return (await db.get<{ had: number; held: number }>(sql`SELECT ${minutesWith(studentId, schoolId)} AS had, ${heldBeside(studentId, schoolId, without)} AS held`))!;
}
