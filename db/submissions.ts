import { and, asc, desc, eq, sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import { named, type Db, type Write } from "./client.ts";
import { near, type Reader } from "./given-work.ts";
import { inForce } from "./guardianships.ts";
import { guardianships } from "./schema/families.ts";
import { assignments, feedback, submissions } from "./schema/learning.ts";
import { competencyEvidence } from "./schema/standing.ts";

type SubmissionRow = typeof submissions.$inferSelect;
type FeedbackRow = typeof feedback.$inferSelect;

/** Takes an attempt in. Aborts its batch (NOT NULL submissions.revision) where the assignment is no longer open or an earlier attempt has its feedback by now; UNIQUE where this attempt is there. */
export const insertSubmission = (db: Db, row: Omit<SubmissionRow, "revision" | "status">): Write =>
  db.insert(submissions).values({
    ...row, status: "waiting",
    revision: sql`CASE WHEN EXISTS (SELECT 1 FROM assignments a WHERE a.id = ${row.assignmentId} AND a.status = 'open')
      AND NOT EXISTS (SELECT 1 FROM submissions h WHERE h.assignment_id = ${row.assignmentId} AND h.student_id = ${row.studentId} AND h.status = 'reviewed') THEN 1 END` as unknown as number,
  });

/** What the student replaces by a later attempt waits no more. */
export const supersede = (db: Db, { assignmentId, studentId, attempt }: Pick<SubmissionRow, "assignmentId" | "studentId" | "attempt">) =>
  db.update(submissions).set({ status: "returned" }).where(and(eq(submissions.assignmentId, assignmentId), eq(submissions.studentId, studentId), sql`${submissions.attempt} < ${attempt}`, eq(submissions.status, "waiting")));

/** Aborts its batch (NOT NULL submissions.revision) where the attempt does not wait any more. */
export const settleSubmission = (db: Db, id: string, status: "returned" | "reviewed"): Write =>
  db.update(submissions).set({ status, revision: sql`CASE WHEN ${submissions.status} = 'waiting' THEN ${submissions.revision} + 1 END` }).where(eq(submissions.id, id));

export const insertFeedback = (db: Db, row: FeedbackRow) => db.insert(feedback).values(row);
export const insertEvidence = (db: Db, row: typeof competencyEvidence.$inferInsert) => db.insert(competencyEvidence).values(row);

const given = { level: feedback.level, comment: feedback.comment, feedbackId: named(feedback.id, "feedback_id"), feedbackAt: named(feedback.at, "feedback_at") };
const attempt = { id: named(submissions.id, "submission_id"), attempt: submissions.attempt, text: submissions.text, late: submissions.late, status: named(submissions.status, "submission_status"), submittedAt: submissions.submittedAt };

/** Every attempt at it of children near to the reader whose work they may read, the latest first; statements for the caller's batch. */
export const selectAttempts = (db: Db, assignmentId: string, reader: Reader, rule: ReadRule, now: number) =>
  db.select({ ...attempt, studentId: named(submissions.studentId, "submitted_by"), ...given }).from(submissions).leftJoin(feedback, eq(feedback.submissionId, submissions.id))
    .where(and(eq(submissions.assignmentId, assignmentId), sql`${submissions.studentId} IN ${near(reader, now)}`, sql`${mayRead(reader.userId, sql`${submissions.studentId}`, rule, now)}`)).orderBy(asc(submissions.studentId), desc(submissions.attempt)).limit(100);

export const selectSubmission = (db: Db, id: string) =>
  db.select({
    ...attempt, studentId: named(submissions.studentId, "submitted_by"), schoolId: named(submissions.schoolId, "submission_school_id"), teacherId: submissions.teacherId, ...given,
    assignmentId: named(assignments.id, "assignment_id"), title: assignments.title, competency: assignments.competency, subjectId: assignments.subjectId, dueAt: assignments.dueAt, timeZone: assignments.timeZone,
    subject: sql<string>`(SELECT s.name FROM subjects s WHERE s.id = ${assignments.subjectId})`.as("subject_name"),
    teacher: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${submissions.teacherId})`.as("teacher_name"),
    newest: sql<number>`(SELECT max(h.attempt) FROM submissions h WHERE h.assignment_id = ${submissions.assignmentId} AND h.student_id = ${submissions.studentId})`.as("newest"),
  }).from(submissions).innerJoin(assignments, eq(assignments.id, submissions.assignmentId)).leftJoin(feedback, eq(feedback.submissionId, submissions.id)).where(eq(submissions.id, id));
export const feedbackOfSubmission = (id: string): SQL => sql`(SELECT f.id FROM feedback f WHERE f.submission_id = ${id})`;
export const studentOfSubmission = (id: string): SQL => sql`(SELECT t.student_id FROM submissions t WHERE t.id = ${id})`;

const student = sql<string>`(SELECT u.name FROM users u WHERE u.id = ${submissions.studentId})`.as("student_name");
type WaitCursor = { at: number; id: string };

/** What waits for this teacher's feedback, the longest wait first. */
export const selectPendingReviews = (db: Db, teacherId: string, rule: ReadRule, { after, limit }: { after?: WaitCursor | undefined; limit: number }, now: number) =>
  db.select({ ...attempt, studentId: named(submissions.studentId, "submitted_by"), student, assignmentId: named(assignments.id, "assignment_id"), title: assignments.title })
    .from(submissions).innerJoin(assignments, eq(assignments.id, submissions.assignmentId))
    .where(and(eq(submissions.teacherId, teacherId), eq(submissions.status, "waiting"), sql`${mayRead(teacherId, sql`${submissions.studentId}`, rule, now)}`, after && sql`(${submissions.submittedAt}, ${submissions.id}) > (${after.at}, ${after.id})`))
    .orderBy(asc(submissions.submittedAt), asc(submissions.id)).limit(limit);

/** Each student's latest attempt at one assignment of that teacher. */
export const selectLatestAttempts = (db: Db, teacherId: string, assignmentId: string, rule: ReadRule, limit: number, now: number) =>
  db.select({ ...attempt, studentId: named(submissions.studentId, "submitted_by"), student, level: feedback.level }).from(submissions).leftJoin(feedback, eq(feedback.submissionId, submissions.id))
    .where(and(
      eq(submissions.assignmentId, assignmentId), eq(submissions.teacherId, teacherId), sql`${mayRead(teacherId, sql`${submissions.studentId}`, rule, now)}`,
      sql`${submissions.attempt} = (SELECT max(h.attempt) FROM submissions h WHERE h.assignment_id = ${submissions.assignmentId} AND h.student_id = ${submissions.studentId})`,
    )).orderBy(sql`student_name COLLATE NOCASE`, asc(submissions.id)).limit(limit);

/** The guardians in force whom nothing keeps away, with what decides what they may read. */
export const selectGuardianReaders = (db: Db, childId: string | SQL, now: number) =>
  db.select({
    id: named(guardianships.guardianId, "guardian_id"), isPrimary: guardianships.isPrimary,
    canApprovePurchases: guardianships.canApprovePurchases, canScheduleLessons: guardianships.canScheduleLessons, canViewProgress: guardianships.canViewProgress, canTalkWithTeachers: guardianships.canTalkWithTeachers,
  }).from(guardianships).where(and(sql`${guardianships.childId} = ${childId}`, inForce(now))).limit(20);
