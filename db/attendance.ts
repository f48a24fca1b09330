import { and, desc, eq, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayKnow, mayRead, mayReadWritten } from "./child-access.ts";
import { named, write, type Db, type Write } from "./client.ts";
import { users } from "./schema/identity.ts";
import { attendance } from "./schema/standing.ts";
import { member } from "./teaching.ts";
import { within } from "./within.ts";

export type AttendanceStatus = (typeof attendance.$inferSelect)["status"];
export type Mark = { studentId: string; status: AttendanceStatus; minutesLate: number | null; note: string | null };

/** Who is in the class now, in SQL. */
export const inClass = (classId: string, now: number) => sql`SELECT e.student_id FROM enrolments e WHERE e.class_id = ${classId} AND ${within("e", now)} AND ${member(sql`e.student_id`, sql`e.school_id`, "student")}`;

/** The class's students by name, with how they were marked on that day where this reader may see it (`shared`). A statement for the caller's batch. */
export const selectClassDay = (db: Db, readerId: string, classId: string, onDate: string, rule: ReadRule, now: number) =>
  db.select({
    studentId: sql<string>`${users.id}`.as("marked_student_id"), name: users.name, attendanceId: named(attendance.id, "attendance_id"), status: named(attendance.status, "attendance_status"), minutesLate: attendance.minutesLate, note: attendance.note, at: attendance.at,
    shared: sql<boolean>`${mayRead(readerId, sql`users.id`, rule, now, sql`(SELECT c.school_id FROM classes c WHERE c.id = ${classId})`)}`.mapWith(Boolean).as("shared"),
  }).from(users).leftJoin(attendance, and(eq(attendance.classId, classId), eq(attendance.studentId, users.id), eq(attendance.onDate, onDate)))
    .where(and(sql`users.id IN (${inClass(classId, now)})`, eq(users.status, "active"), sql`${mayKnow(readerId, sql`users.id`, now)}`)).orderBy(sql`users.name COLLATE NOCASE`, users.id).limit(200);

/** One mark for each student, class and day: a later one takes its place. */
export const putMarks = (db: Db, { schoolId, classId, onDate, takenBy, at }: { schoolId: string; classId: string; onDate: string; takenBy: string; at: number }, marks: (Mark & { id: string })[]): Write =>
  write(db, `INSERT INTO attendance (id, school_id, student_id, on_date, class_id, status, minutes_late, note, taken_by, at)
    SELECT v.value ->> 'id', ?, v.value ->> 'studentId', ?, ?, v.value ->> 'status', v.value ->> 'minutesLate', v.value ->> 'note', ?, ? FROM json_each(?) v WHERE true
    ON CONFLICT (class_id, student_id, on_date) WHERE class_id IS NOT NULL DO UPDATE SET status = excluded.status, minutes_late = excluded.minutes_late, note = excluded.note, taken_by = excluded.taken_by, at = excluded.at`,
  schoolId, onDate, classId, takenBy, at, JSON.stringify(marks));

/** A student's days and lessons, the latest first, as far as this reader may see them. Statements for the caller's batch. */
export const selectAttendance = (db: Db, readerId: string, studentId: string, rule: ReadRule, { before, limit, since }: { before?: string | undefined; limit: number; since?: string }, now: number) =>
  db.select({
    id: sql<string>`${attendance.id}`.as("attendance_id"), schoolId: attendance.schoolId, onDate: attendance.onDate, lessonId: attendance.lessonId, status: attendance.status, minutesLate: attendance.minutesLate, note: attendance.note,
    of: sql<string | null>`coalesce((SELECT c.name FROM classes c WHERE c.id = attendance.class_id), (SELECT s.name FROM lessons l JOIN subjects s ON s.id = l.subject_id WHERE l.id = attendance.lesson_id))`.as("attended"),
  }).from(attendance).where(and(
    eq(attendance.studentId, studentId), sql`${mayReadWritten(readerId, sql`${studentId}`, "attendance", rule, now, "everybody")}`, since === undefined ? undefined : sql`${attendance.onDate} >= ${since}`,
    before === undefined ? undefined : sql`(attendance.on_date, attendance.id) < ((SELECT b.on_date FROM attendance b WHERE b.id = ${before}), ${before})`,
  )).orderBy(desc(attendance.onDate), desc(attendance.id)).limit(limit);
export type AttendanceRow = Awaited<ReturnType<typeof selectAttendance>>[number];
