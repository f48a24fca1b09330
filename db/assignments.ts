import { and, asc, desc, eq, gt, ne, or, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import type { Shown } from "#app/domain/learning/assignments/rules.ts";
import { mayRead } from "./child-access.ts";
import type { Db } from "./client.ts";
import { givenTo } from "./given-work.ts";
import { keptAway } from "./restrictions.ts";
import { assignments } from "./schema/learning.ts";

export type AssignmentRow = typeof assignments.$inferSelect;
const subject = sql<string>`(SELECT s.name FROM subjects s WHERE s.id = assignments.subject_id)`.as("subject_name");
const author = sql<string>`(SELECT u.name FROM users u WHERE u.id = assignments.author_id)`.as("author_name");

export const insertAssignment = (db: Db, row: AssignmentRow) => db.insert(assignments).values(row);
export const updateAssignment = (db: Db, authorId: string, id: string, change: Partial<AssignmentRow>) => db.update(assignments).set(change).where(and(eq(assignments.id, id), eq(assignments.authorId, authorId)));

/** Statements for the caller's batch. Who may see it is for the caller to ask. */
export const selectAssignment = (db: Db, id: string) => db.select({ assignment: assignments, subject, author }).from(assignments).where(eq(assignments.id, id));

/** Whether its author is kept away from the student. */
export const selectAuthorKeptAway = (db: Db, id: string, studentId: string, now: number) =>
  db.select({ away: sql<boolean>`${keptAway(sql`assignments.author_id`, studentId, now)}`.mapWith(Boolean).as("away") }).from(assignments).where(eq(assignments.id, id));

/** One's own while it is taught here: who has left the school has left its work. */
export const selectOwnAssignment = (db: Db, authorId: string, id: string) =>
  db.select().from(assignments).where(and(eq(assignments.id, id), eq(assignments.authorId, authorId), sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = assignments.author_id AND m.school_id = assignments.school_id AND m.role = 'teacher' AND m.active = 1)`));

/** Of a due time and an id: where the page before ended. */
export type DueCursor = { dueAt: number; id: string };

/** A teacher's own of one state, the next due first, with how many of those who may be read wait for feedback. */
export const selectAssignmentsBy = (db: Db, authorId: string, rule: ReadRule, { status, after, limit }: { status?: AssignmentRow["status"] | undefined; after?: DueCursor | undefined; limit: number }, now: number) =>
  db.select({
    id: assignments.id, title: assignments.title, status: assignments.status, dueAt: assignments.dueAt, timeZone: assignments.timeZone, competency: assignments.competency, subject,
    waiting: sql<number>`(SELECT count(*) FROM submissions w WHERE w.teacher_id = ${authorId} AND w.status = 'waiting' AND w.assignment_id = assignments.id AND ${mayRead(authorId, sql`w.student_id`, rule, now)})`.as("waiting"),
  }).from(assignments).where(and(eq(assignments.authorId, authorId), status ? eq(assignments.status, status) : undefined, after && later(after))).orderBy(asc(assignments.dueAt), asc(assignments.id)).limit(limit);

const later = ({ dueAt, id }: DueCursor) => or(gt(assignments.dueAt, dueAt), and(eq(assignments.dueAt, dueAt), gt(assignments.id, id)));

const TRIED: Record<Shown, ReturnType<typeof sql>> = {
  todo: sql`assignments.status = 'open' AND (t.status IS NULL OR t.status = 'returned')`,
  handed_in: sql`t.status = 'waiting'`,
  reviewed: sql`t.status = 'reviewed'`,
};

/** What a student has to do, has handed in, or has feedback on, as far as that reader may read it; the last attempt counts. By index from the enrolments. */
export const selectAssignmentsFor = (db: Db, studentId: string, { readerId, rule, shown, after, limit }: { readerId: string; rule: ReadRule; shown: Shown; after?: DueCursor | undefined; limit: number }, now: number) =>
  db.select({
    id: assignments.id, title: assignments.title, status: assignments.status, dueAt: assignments.dueAt, timeZone: assignments.timeZone, competency: assignments.competency, authorId: assignments.authorId, subject, author,
    submissionId: sql<string | null>`t.id`.as("submission_id"), tried: sql<"waiting" | "returned" | "reviewed" | null>`t.status`.as("tried"), attempt: sql<number | null>`t.attempt`.as("attempt"),
    late: sql<boolean>`t.late`.mapWith(Boolean).as("late"), level: sql<number | null>`(SELECT f.level FROM feedback f WHERE f.submission_id = t.id)`.as("feedback_level"),
  }).from(assignments)
    .leftJoin(sql`submissions t`, sql`t.assignment_id = assignments.id AND t.student_id = ${studentId} AND t.attempt = (SELECT max(h.attempt) FROM submissions h WHERE h.assignment_id = assignments.id AND h.student_id = ${studentId})`)
    .where(and(givenTo("assignments", studentId, now), ne(assignments.status, "draft"), TRIED[shown], sql`${mayRead(readerId, sql`${studentId}`, rule, now, sql`assignments.school_id`)}`, after && (shown === "todo" ? later(after) : sql`(assignments.due_at, assignments.id) < (${after.dueAt}, ${after.id})`)))
    .orderBy(shown === "todo" ? asc(assignments.dueAt) : desc(assignments.dueAt), shown === "todo" ? asc(assignments.id) : desc(assignments.id)).limit(limit);
