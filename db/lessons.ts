import { and, asc, eq, getTableColumns, gt, gte, lt, or, sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { among } from "./bulk.ts";
import { mayReadAsTutor } from "./child-access.ts";
import type { Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { lessonChanges, lessons, lessonSeries } from "./schema/lessons.ts";
import { users } from "./schema/identity.ts";

/** Who reads timetables: schools in which they teach, tutor and administer, children whose lessons they may see as guardian or for being the child. */
export type TimetableReader = { userId: string; teachesAt: string[]; tutorsAt: string[]; administers: string[]; students: string[]; rule: ReadRule };

/** One sees one's own lessons, one's children's, one's school's, and a tutor those of their students that the family shares. Nobody sees those of a child from whom they are kept away. */
const seenBy = ({ userId, teachesAt, tutorsAt, administers, students, rule }: TimetableReader, now: number): SQL => sql`(
  lessons.teacher_id = ${userId} AND lessons.school_id IN ${among(teachesAt)} OR lessons.student_id IN ${among(students)} OR lessons.school_id IN ${among(administers)}
  OR lessons.school_id IN ${among(tutorsAt)} AND ${mayReadAsTutor(userId, sql`lessons.student_id`, sql`lessons.school_id`, rule, now)}
) AND NOT ${keptAway(userId, sql`lessons.student_id`, now)}`;

const nameOf = (column: "teacher_id" | "student_id", as: string) => sql<string>`(SELECT name FROM users WHERE users.id = lessons.${sql.raw(column)})`.as(as);
const shown = {
  ...getTableColumns(lessons),
  teacher: nameOf("teacher_id", "teacher_name"), student: nameOf("student_id", "student_name"),
  subject: sql<string>`(SELECT coalesce(e.custom_name, s.name) FROM enrolments e JOIN subjects s ON s.id = e.subject_id WHERE e.id = lessons.enrolment_id)`.as("subject_name"),
  /** The start that it would move to, while guardians are asked. */
  moveTo: sql<number | null>`(SELECT b.starts_at FROM bookings b WHERE b.lesson_id = lessons.id AND b.kind = 'move' AND b.status = 'pending')`.as("move_to"),
};
const facts = {
  ...shown,
  enrolledFrom: sql<number>`(SELECT starts_at FROM enrolments e WHERE e.id = lessons.enrolment_id)`.as("enrolled_from"),
  enrolledUntil: sql<number | null>`(SELECT ends_at FROM enrolments e WHERE e.id = lessons.enrolment_id)`.as("enrolled_until"),
  /** How long the student's family is given for an answer. */
  windowHours: sql<number | null>`(SELECT f.decision_window_hours FROM family_members fm JOIN families f ON f.id = fm.family_id AND f.deleted_at IS NULL WHERE fm.user_id = lessons.student_id AND fm.role = 'student' ORDER BY fm.joined_at LIMIT 1)`.as("window_hours"),
};

/** A lesson that this person may see, with what acts on it rest on. Statements for the caller's batch. */
export const selectLesson = (db: Db, reader: TimetableReader, id: string | SQL, now: number) => db.select(facts).from(lessons).where(and(eq(lessons.id, id), seenBy(reader, now)));
export type LessonFacts = Awaited<ReturnType<typeof selectLesson>>[number];

/** The series of a lesson. */
export const selectSeriesOf = (db: Db, lessonId: string) => db.select().from(lessonSeries).where(sql`${lessonSeries.id} = (SELECT o.series_id FROM lessons o WHERE o.id = ${lessonId})`);
export type SeriesRow = typeof lessonSeries.$inferSelect;

/** Those of its series that stand and are to come, without itself. */
export const selectRestOfSeries = (db: Db, reader: TimetableReader, lessonId: string, now: number) => db.select(facts).from(lessons)
  .where(and(sql`lessons.series_id = (SELECT o.series_id FROM lessons o WHERE o.id = ${lessonId})`, sql`lessons.id <> ${lessonId}`, gt(lessons.startsAt, now), eq(lessons.status, "scheduled"), seenBy(reader, now)))
  .orderBy(asc(lessons.startsAt));

/** Whose timetable: a student's, a teacher's or everybody's at a school, what the reader teaches, or that with the lessons of themselves and their children. */
export type Whose = { studentId: string } | { schoolId: string; teacherId?: string | undefined } | "taught" | "mine";
export type LessonPage = { from: number; to: number; after?: { startsAt: number; id: string } | undefined; limit: number };

export const selectLessons = (db: Db, reader: TimetableReader, whose: Whose, { from, to, after, limit }: LessonPage, now: number) =>
  db.select(shown).from(lessons).where(and(
    belongingTo(reader, whose, from, to), gte(lessons.startsAt, from), lt(lessons.startsAt, to), seenBy(reader, now),
    after && or(gt(lessons.startsAt, after.startsAt), and(eq(lessons.startsAt, after.startsAt), gt(lessons.id, after.id))),
  )).orderBy(asc(lessons.startsAt), asc(lessons.id)).limit(limit);
export type LessonRow = Awaited<ReturnType<typeof selectLessons>>[number];

/** The same for a calendar program, with when each was last touched. */
export const selectLessonsForCalendar = (db: Db, reader: TimetableReader, whose: Whose, { from, to, limit }: LessonPage, now: number) => db
  .select({ ...shown, changedAt: sql<number>`coalesce((SELECT c.at FROM lesson_changes c WHERE c.lesson_id = lessons.id ORDER BY c.id DESC LIMIT 1), lessons.created_at)`.as("changed_at") }).from(lessons)
  .where(and(belongingTo(reader, whose, from, to), gte(lessons.startsAt, from), lt(lessons.startsAt, to), seenBy(reader, now))).orderBy(asc(lessons.startsAt), asc(lessons.id)).limit(limit);
export type CalendarLesson = Awaited<ReturnType<typeof selectLessonsForCalendar>>[number];

const belongingTo = ({ userId, students }: TimetableReader, whose: Whose, from: number, to: number): SQL | undefined => {
  if (typeof whose !== "string") return "studentId" in whose ? eq(lessons.studentId, whose.studentId) : and(eq(lessons.schoolId, whose.schoolId), whose.teacherId === undefined ? undefined : eq(lessons.teacherId, whose.teacherId));
  const within = sql`l.starts_at >= ${from} AND l.starts_at < ${to}`;
  if (whose === "taught") return eq(lessons.teacherId, userId);
  return sql`lessons.id IN (SELECT l.id FROM lessons l WHERE l.teacher_id = ${userId} AND ${within} UNION SELECT l.id FROM lessons l WHERE l.student_id IN ${among(students)} AND ${within})`;
};

/** The lessons of a series, in order. */
export const selectLessonsOfSeries = (db: Db, reader: TimetableReader, seriesId: string, now: number) =>
  db.select(shown).from(lessons).where(and(eq(lessons.seriesId, seriesId), seenBy(reader, now))).orderBy(asc(lessons.startsAt)).limit(100);

export const selectLessonChanges = (db: Db, lessonId: string, { after = "", limit = 200 }: { after?: string | undefined; limit?: number } = {}) =>
  db.select({ id: lessonChanges.id, what: lessonChanges.what, byId: lessonChanges.byId, by: users.name, facts: lessonChanges.facts, at: lessonChanges.at })
    .from(lessonChanges).leftJoin(users, eq(users.id, lessonChanges.byId)).where(and(eq(lessonChanges.lessonId, lessonId), gt(lessonChanges.id, after))).orderBy(asc(lessonChanges.id)).limit(limit);
export type LessonChange = Awaited<ReturnType<typeof selectLessonChanges>>[number];
