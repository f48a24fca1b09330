import { and, asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { among } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { inForce } from "./guardianships.ts";
import { keptAway } from "./restrictions.ts";
import { guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { enrolments, memberships, subjects } from "./schema/schools.ts";
import { member } from "./teaching.ts";
import { within } from "./within.ts";

/** Who sets lessons: for those whom they teach, and for everybody at the schools they run. */
type Planner = { userId: string; teachesAt: string[]; administers: string[] };

type Which = { enrolmentId?: string | undefined; studentId?: string | undefined; teacherId?: string | undefined; /** A part of the student's name. */ q?: string | undefined; limit?: number };

/** Enrolments in force for which this person may set a lesson, by the student's name. A statement for the caller's batch. */
export const selectPairs = (db: Db, { userId, teachesAt, administers }: Planner, which: Which, now: number) =>
  pairs(db, userId, sql`(enrolments.teacher_id = ${userId} AND enrolments.school_id IN ${among(teachesAt)} OR enrolments.school_id IN ${among(administers)})`, which, now);

/** Those of these students, for whom the reader may ask for one. */
export const selectPairsOf = (db: Db, readerId: string, studentIds: string[], which: Which, now: number) => pairs(db, readerId, sql`enrolments.student_id IN ${among(studentIds)}`, which, now);

const pairs = (db: Db, readerId: string, scope: SQL, { enrolmentId, studentId, teacherId, q, limit = 1 }: Which, now: number) =>
  db.select({
    enrolmentId: named(enrolments.id, "enrolment_id"), schoolId: enrolments.schoolId, studentId: enrolments.studentId, teacherId: enrolments.teacherId, subjectId: enrolments.subjectId, startsAt: enrolments.startsAt, endsAt: enrolments.endsAt,
    student: named(users.name, "student_name"), subject: sql<string>`coalesce(${enrolments.customName}, ${subjects.name})`.as("subject"),
    teacher: sql<string>`(SELECT name FROM users t WHERE t.id = enrolments.teacher_id)`.as("teacher"), timeZone: sql<string>`(SELECT time_zone FROM schools WHERE schools.id = enrolments.school_id)`.as("school_zone"),
  }).from(enrolments).innerJoin(users, and(eq(users.id, enrolments.studentId), eq(users.status, "active"))).innerJoin(subjects, eq(subjects.id, enrolments.subjectId))
    .where(and(
      enrolmentId === undefined ? undefined : eq(enrolments.id, enrolmentId), studentId === undefined ? undefined : eq(enrolments.studentId, studentId), teacherId === undefined ? undefined : eq(enrolments.teacherId, teacherId),
      q === undefined ? undefined : sql`instr(lower(users.name), ${q.toLowerCase()}) > 0`, scope, within("enrolments", now), member(sql`enrolments.teacher_id`, sql`enrolments.school_id`, "teacher"), member(sql`enrolments.student_id`, sql`enrolments.school_id`, "student"),
      sql`NOT ${keptAway(readerId, sql`enrolments.student_id`, now)} AND NOT ${keptAway(sql`enrolments.teacher_id`, sql`enrolments.student_id`, now)}`,
    )).orderBy(sql`users.name COLLATE NOCASE`, asc(enrolments.id)).limit(limit);
export type Pair = Awaited<ReturnType<typeof selectPairs>>[number];

const guardian = { userId: users.id, name: users.name, schedules: guardianships.canScheduleLessons, views: guardianships.canViewProgress };
const isPerson = and(eq(users.id, guardianships.guardianId), eq(users.status, "active"));
const looksAfter = (child: string | SQL, now: number) => and(sql`guardianships.child_id = ${child}`, inForce(now));

/** The guardians in force: who of them decides on lessons, and who sees them. */
export const selectHome = (db: Db, student: string | SQL, now: number) => db.select(guardian).from(guardianships).innerJoin(users, isPerson).where(looksAfter(student, now)).orderBy(asc(users.name));

/** Those of them whom the student's lessons concern: who may see the timetable. `student` is an id as an expression. */
export const selectTold = (db: Db, student: SQL, now: number) => db.select(guardian).from(guardianships).innerJoin(users, isPerson).where(and(looksAfter(student, now), sql`(guardianships.can_schedule_lessons = 1 OR guardianships.can_view_progress = 1)`)).orderBy(asc(users.name));

export const studentOfEnrolment = (enrolmentId: string): SQL => sql`(SELECT e.student_id FROM enrolments e WHERE e.id = ${enrolmentId})`;
export const enrolmentOfLesson = (lessonId: string): SQL => sql`(SELECT o.enrolment_id FROM lessons o WHERE o.id = ${lessonId})`;
export const studentOfLesson = (lessonId: string): SQL => sql`(SELECT o.student_id FROM lessons o WHERE o.id = ${lessonId})`;

/** Who runs the school. */
export async function listAdministrators(db: Db, schoolId: string): Promise<string[]> {
  const rows = await db.selectDistinct({ userId: memberships.userId }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.active, true), inArray(memberships.role, ["school_owner", "school_admin"]))).limit(50);
  return rows.map(({ userId }) => userId);
}
