import { and, asc, eq, isNull, lte, sql, type SQL } from "drizzle-orm";
import type { AttendanceStatus } from "#app/domain/lessons/attendance-rules.ts";
import type { Db } from "./client.ts";
import { attendance } from "./schema/standing.ts";
import { lessonOutcomes, lessons } from "./schema/lessons.ts";

const nameOf = (id: SQL, as: string) => sql<string | null>`(SELECT name FROM users WHERE users.id = ${id})`.as(as);

/** What was written about a lesson, and what the family says to it. A statement for the caller's batch; whether the reader may know is the caller's to ask. */
export const selectOutcome = (db: Db, lessonId: string) => db.select({
  attendanceId: attendance.id, status: attendance.status, minutesLate: attendance.minutesLate, takenBy: attendance.takenBy, takenAt: attendance.at, taker: nameOf(sql`attendance.taken_by`, "taker_name"),
  note: lessonOutcomes.note, confirmUntil: lessonOutcomes.confirmUntil, answer: lessonOutcomes.answer, answeredBy: lessonOutcomes.answeredBy, answerer: nameOf(sql`lesson_outcomes.answered_by`, "answerer_name"), answeredAt: lessonOutcomes.answeredAt,
  dispute: lessonOutcomes.dispute, resolution: lessonOutcomes.resolution, settledAt: lessonOutcomes.settledAt,
}).from(lessonOutcomes).innerJoin(attendance, eq(attendance.lessonId, lessonOutcomes.lessonId)).where(eq(lessonOutcomes.lessonId, lessonId));

/** Whether the hours of a lesson were given back. */
export const selectMakeUp = (db: Db, lessonId: string) => db.select({ at: sql<number>`h.at`.as("made_up_at") }).from(sql`ledger_entries h`).where(sql`h.cause_id = ${lessonId} AND h.kind = 'make_up'`);

/** Writes attendance, or writes it anew. */
export const putAttendance = (db: Db, row: typeof attendance.$inferInsert) =>
  db.insert(attendance).values(row).onConflictDoUpdate({ target: attendance.lessonId, targetWhere: sql`lesson_id IS NOT NULL`, set: { status: row.status, minutesLate: row.minutesLate ?? null, takenBy: row.takenBy, at: row.at } });

/** The family's time begins, anew where it was written anew. Aborts its batch (NOT NULL lesson_outcomes.confirm_until) once they have answered, or it is settled. */
export const putOutcome = (db: Db, row: typeof lessonOutcomes.$inferInsert) =>
  db.insert(lessonOutcomes).values(row).onConflictDoUpdate({ target: lessonOutcomes.lessonId, set: { note: row.note ?? null, confirmUntil: sql`CASE WHEN lesson_outcomes.answer IS NULL AND lesson_outcomes.settled_at IS NULL THEN ${row.confirmUntil} END` } });

const whileTrue = (premise: SQL) => sql`CASE WHEN ${premise} THEN confirm_until END`;

/** The family's word, once and in time; else the batch is aborted in the same way. */
export const answerOutcome = (db: Db, lessonId: string, { now, ...answer }: { answer: "confirmed" | "disputed"; answeredBy: string; dispute: string | null; now: number }) =>
  db.update(lessonOutcomes).set({ ...answer, answeredAt: now, confirmUntil: whileTrue(sql`answer IS NULL AND settled_at IS NULL AND ${now} < confirm_until`) }).where(eq(lessonOutcomes.lessonId, lessonId));

/** What the administration found in a dispute, once. */
export const resolveOutcome = (db: Db, lessonId: string, resolution: "stands" | "corrected", resolvedBy: string) =>
  db.update(lessonOutcomes).set({ resolution, resolvedBy, confirmUntil: whileTrue(sql`answer = 'disputed' AND resolution IS NULL AND settled_at IS NULL`) }).where(eq(lessonOutcomes.lessonId, lessonId));
export const correctAttendance = (db: Db, lessonId: string, status: AttendanceStatus) => db.update(attendance).set({ status, minutesLate: null }).where(eq(attendance.lessonId, lessonId));

/** What nobody disputes any more when the family's time is over. */
const due = (now: number) => sql`settled_at IS NULL AND confirm_until <= ${now} AND (answer IS NULL OR answer = 'confirmed' OR resolution IS NOT NULL)`;

export const selectToSettle = (db: Db, now: number, limit: number) => db.select({
  lessonId: lessons.id, schoolId: lessons.schoolId, studentId: lessons.studentId, subjectId: lessons.subjectId, startsAt: lessons.startsAt, endsAt: lessons.endsAt, usesHours: lessons.usesHours, hours: lessons.hours, topic: lessons.topic,
  status: attendance.status, resolution: lessonOutcomes.resolution, timeZone: sql<string>`(SELECT u.time_zone FROM users u WHERE u.id = lessons.student_id)`.as("student_zone"),
  subject: sql<string>`(SELECT coalesce(e.custom_name, s.name) FROM enrolments e JOIN subjects s ON s.id = e.subject_id WHERE e.id = lessons.enrolment_id)`.as("subject_name"),
}).from(lessonOutcomes).innerJoin(lessons, eq(lessons.id, lessonOutcomes.lessonId)).innerJoin(attendance, eq(attendance.lessonId, lessons.id)).where(due(now)).orderBy(asc(lessonOutcomes.confirmUntil)).limit(limit);

/** Closes the books on a lesson, once: aborts its batch (NOT NULL lesson_outcomes.confirm_until) where that was done, or is not due. */
export const settleOutcome = (db: Db, lessonId: string, now: number) => db.update(lessonOutcomes).set({ settledAt: now, confirmUntil: whileTrue(due(now)) }).where(eq(lessonOutcomes.lessonId, lessonId));

/** What became of the hours held for a lesson. Aborts its batch (NOT NULL lessons.revision) where something did already. */
export const settleHours = (db: Db, lessonId: string, hours: "consumed" | "released", at: number) =>
  db.update(lessons).set({ hours, hoursAt: at, revision: sql`CASE WHEN hours IS NULL AND uses_hours = 1 THEN revision + 1 END` }).where(eq(lessons.id, lessonId));

/** Lessons past of which nobody wrote anything, and whose hours are held still. */
export const selectUntold = (db: Db, endedBefore: number, limit: number) => db.select({ lessonId: lessons.id, schoolId: lessons.schoolId, studentId: lessons.studentId }).from(lessons)
  .where(and(eq(lessons.usesHours, true), isNull(lessons.hours), eq(lessons.status, "scheduled"), lte(lessons.endsAt, endedBefore), sql`NOT EXISTS (SELECT 1 FROM lesson_outcomes o WHERE o.lesson_id = lessons.id)`)).limit(limit);
