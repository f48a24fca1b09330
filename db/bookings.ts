import { and, asc, eq, getTableColumns, gt, lte, sql, type SQL } from "drizzle-orm";
import { among } from "./bulk.ts";
import type { Db } from "./client.ts";
import { kept } from "./kept.ts";
import { minutesWith } from "./ledger.ts";
import { absences, availability, bookings, lessonRules, lessons, lessonSlots } from "./schema/lessons.ts";

/** The enrolment's own column, as an expression. */
export const ofEnrolment = (enrolmentId: string | SQL, column: "teacher_id" | "school_id" | "student_id"): SQL => sql`(SELECT e.${sql.raw(column)} FROM enrolments e WHERE e.id = ${enrolmentId})`;

/** When the teacher of an enrolment can be booked. Statements for the caller's batch. */
export const selectWindows = (db: Db, enrolmentId: string | SQL) =>
  db.select({ weekday: availability.weekday, localStart: availability.localStart, localEnd: availability.localEnd, timeZone: availability.timeZone }).from(availability)
    .where(and(sql`${availability.teacherId} = ${ofEnrolment(enrolmentId, "teacher_id")}`, sql`${availability.schoolId} = ${ofEnrolment(enrolmentId, "school_id")}`)).limit(100);
export const selectAbsencesFor = (db: Db, enrolmentId: string | SQL, fromDate: string) =>
  db.select({ startsOn: absences.startsOn, endsOn: absences.endsOn }).from(absences).where(and(sql`${absences.teacherId} = ${ofEnrolment(enrolmentId, "teacher_id")}`, gt(absences.endsOn, fromDate))).limit(200);

const DAY = 86_400_000;
/** Time that teacher or student of an enrolment have taken already. */
export function selectBusy(db: Db, enrolmentId: string | SQL, from: number, to: number) {
  const within = sql`starts_at > ${from - DAY} AND starts_at < ${to}`;
  return db.select({ startsAt: lessonSlots.startsAt, endsAt: lessonSlots.endsAt }).from(lessonSlots)
    .where(sql`teacher_id = ${ofEnrolment(enrolmentId, "teacher_id")} AND ${within} OR student_id = ${ofEnrolment(enrolmentId, "student_id")} AND ${within}`).limit(500);
}

/** Whether a booking by the student waits for a guardian, and how long their family is given. One row always. */
export const selectBookingRules = (db: Db, student: string | SQL) => db.select({
  approvalNeeded: sql<boolean>`coalesce((SELECT r.approval_needed FROM lesson_rules r WHERE r.child_id = ${student}), 1)`.mapWith(Boolean).as("approval_needed"),
  windowHours: sql<number | null>`(SELECT f.decision_window_hours FROM family_members fm JOIN families f ON f.id = fm.family_id AND f.deleted_at IS NULL WHERE fm.user_id = ${student} AND fm.role = 'student' ORDER BY fm.joined_at LIMIT 1)`.as("window_hours"),
}).from(sql`(SELECT 1)`);

export const putLessonRules = (db: Db, row: typeof lessonRules.$inferInsert) =>
  db.insert(lessonRules).values(row).onConflictDoUpdate({ target: lessonRules.childId, set: { approvalNeeded: row.approvalNeeded, setBy: row.setBy, setAt: row.setAt } });

/** Minutes that the student has with the enrolment's school, and those held for lessons. One row always. */
export const selectHoursFor = (db: Db, studentId: string | SQL, school: SQL) => db.select({
  had: minutesWith(studentId, school).as("minutes_had"),
  held: sql<number>`(SELECT coalesce(sum((h.ends_at - h.starts_at) / 60000), 0) FROM lessons h WHERE h.student_id = ${studentId} AND h.school_id = ${school} AND h.uses_hours = 1 AND h.hours IS NULL)`.as("minutes_held"),
}).from(sql`(SELECT 1)`);

const nameOf = (id: SQL, as: string) => sql<string | null>`(SELECT name FROM users WHERE users.id = ${id})`.as(as);
const told = {
  ...getTableColumns(bookings),
  requester: nameOf(sql`bookings.requested_by`, "requester_name"), decider: nameOf(sql`bookings.decided_by`, "decider_name"), student: nameOf(sql`bookings.student_id`, "student_name"),
  teacher: sql<string>`(SELECT u.name FROM lessons l JOIN users u ON u.id = l.teacher_id WHERE l.id = bookings.lesson_id)`.as("teacher_name"),
  subject: sql<string>`(SELECT coalesce(e.custom_name, s.name) FROM lessons l JOIN enrolments e ON e.id = l.enrolment_id JOIN subjects s ON s.id = e.subject_id WHERE l.id = bookings.lesson_id)`.as("subject_name"),
  /** Where the lesson stands; of a booking where it would be. */
  stands: sql<number>`(SELECT l.starts_at FROM lessons l WHERE l.id = bookings.lesson_id)`.as("stands_at"),
  usesHours: sql<boolean>`(SELECT l.uses_hours FROM lessons l WHERE l.id = bookings.lesson_id)`.mapWith(Boolean).as("uses_hours"),
};

/** A question about one of these students' lessons. */
export const selectBooking = (db: Db, studentIds: string[], id: string) => db.select(told).from(bookings).where(and(eq(bookings.id, id), sql`${bookings.studentId} IN ${among(studentIds)}`));
export type BookingRow = Awaited<ReturnType<typeof selectBooking>>[number];
export const lessonOfBooking = (id: string): SQL => sql`(SELECT b.lesson_id FROM bookings b WHERE b.id = ${id})`;
export const studentOfBooking = (id: string): SQL => sql`(SELECT b.student_id FROM bookings b WHERE b.id = ${id})`;

const waiting = (db: Db, students: SQL, now: number, limit: number, more?: SQL) => db.select(told).from(bookings)
  .where(and(eq(bookings.status, "pending"), gt(bookings.expiresAt, now), sql`${bookings.studentId} IN ${students}`, more)).orderBy(asc(bookings.expiresAt), asc(bookings.id)).limit(limit);
const firstWaiting = kept((db, studentIds: string[], now: number, limit: number) => waiting(db, sql`(SELECT value FROM json_each(${studentIds}))`, now, limit));

/** Those that wait, the soonest to end first, from after the cursor. */
export const selectWaitingBookings = (db: Db, studentIds: string[], now: number, { after, limit }: { after?: string | undefined; limit: number }) => (after === undefined
  ? firstWaiting(db, studentIds, now, limit)
  : waiting(db, among(studentIds), now, limit, sql`(${bookings.expiresAt}, ${bookings.id}) > ((SELECT b.expires_at FROM bookings b WHERE b.id = ${after}), ${after})`));
export const selectWaitingBookingsOf = (db: Db, studentIds: string[], lessonId: string, now: number) => waiting(db, among(studentIds), now, 50, eq(bookings.lessonId, lessonId));

/** The answer. Aborts its batch (NOT NULL bookings.status) where there was one already, or the time is over. */
export const decideBooking = (db: Db, id: string, { status, by, reason, now }: { status: "approved" | "denied"; by: string; reason: string | null; now: number }) =>
  db.update(bookings).set({ status: sql`CASE WHEN status = 'pending' AND ${now} < expires_at THEN ${status} END`, decidedBy: by, decidedAt: now, reason }).where(eq(bookings.id, id));

export const selectExpiredBookings = (db: Db, now: number, limit: number) => db.select({ ...told, teacherId: sql<string>`(SELECT l.teacher_id FROM lessons l WHERE l.id = bookings.lesson_id)`.as("teacher_id") })
  .from(bookings).where(and(eq(bookings.status, "pending"), lte(bookings.expiresAt, now))).orderBy(asc(bookings.expiresAt)).limit(limit);

/** The end without an answer, once, under the same condition. */
export const expireBooking = (db: Db, id: string, now: number) =>
  db.update(bookings).set({ status: sql`CASE WHEN status = 'pending' AND expires_at <= ${now} THEN 'expired' END`, decidedAt: now }).where(eq(bookings.id, id));

/** What becomes of a lesson that was only asked for. Aborts its batch (NOT NULL lessons.revision) where it is that no more. */
export const settleAsked = (db: Db, lessonId: string, change: { status: "scheduled"; approvedBy: string } | { status: "denied" | "expired"; hours: "released"; hoursAt: number }) =>
  db.update(lessons).set({ ...change, revision: sql`CASE WHEN status = 'asked' THEN revision + 1 END` }).where(eq(lessons.id, lessonId));
