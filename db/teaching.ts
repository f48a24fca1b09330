import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { users } from "./schema/identity.ts";
import { enrolments, subjects } from "./schema/schools.ts";
import { within } from "./within.ts";

export const member = (user: SQL, school: SQL, role: "teacher" | "tutor" | "student") => sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${user} AND m.school_id = ${school} AND m.role = ${sql.raw(`'${role}'`)} AND m.active = 1)`;

/** Enrolments in force that this person teaches: who writes of a student, gives them work or a lesson, finds one here or is told *not found*. A statement for the caller's batch. */
export const selectTaught = (db: Db, teacherId: string, { enrolmentId, studentId, subjectId, classId }: { enrolmentId?: string | undefined; studentId?: string | SQL | undefined; subjectId?: string | SQL | undefined; classId?: string | undefined }, now: number) =>
  db.select({
    enrolmentId: named(enrolments.id, "enrolment_id"), schoolId: enrolments.schoolId, studentId: enrolments.studentId, subjectId: enrolments.subjectId, classId: enrolments.classId, tutorId: enrolments.tutorId,
    student: named(users.name, "student_name"), level: users.level, className: sql<string | null>`(SELECT c.name FROM classes c WHERE c.id = ${enrolments.classId})`.as("class_name"), subject: sql<string>`coalesce(${enrolments.customName}, ${subjects.name})`.as("subject"),
  }).from(enrolments).innerJoin(users, and(eq(users.id, enrolments.studentId), eq(users.status, "active"))).innerJoin(subjects, eq(subjects.id, enrolments.subjectId))
    .where(and(
      eq(enrolments.teacherId, teacherId), within("enrolments", now), member(sql`${teacherId}`, sql`enrolments.school_id`, "teacher"), member(sql`enrolments.student_id`, sql`enrolments.school_id`, "student"),
      sql`NOT ${keptAway(teacherId, sql`enrolments.student_id`, now)}`,
      enrolmentId === undefined ? undefined : eq(enrolments.id, enrolmentId), studentId === undefined ? undefined : eq(enrolments.studentId, studentId),
      subjectId === undefined ? undefined : eq(enrolments.subjectId, subjectId), classId === undefined ? undefined : eq(enrolments.classId, classId),
    )).orderBy(sql`users.name COLLATE NOCASE`, asc(enrolments.id)).limit(500);

export type TaughtRow = Awaited<ReturnType<typeof selectTaught>>[number];

/** Teaches the student at that school now: who wrote of them may still change it. */
export const teaches = (teacherId: string, student: SQL, school: SQL, now: number) => sql`EXISTS (SELECT 1 FROM enrolments e WHERE e.teacher_id = ${teacherId} AND e.student_id = ${student} AND e.school_id = ${school} AND ${within("e", now)})
  AND ${member(sql`${teacherId}`, school, "teacher")} AND ${member(student, school, "student")} AND NOT ${keptAway(teacherId, student, now)}`;

/**
 * Whether a material or assignment (its alias) is for the student: they are enrolled with its author in its subject, and are of its class or
 * named, where it is not for all. Drafts are the caller's to leave out. By index from the student's enrolments.
 */
export const inAudience = (alias: "materials" | "assignments", student: SQL, now: number) => {
  const thing = sql.raw(alias);
  return sql`EXISTS (SELECT 1 FROM enrolments e WHERE e.student_id = ${student} AND e.subject_id = ${thing}.subject_id AND e.teacher_id = ${thing}.author_id AND ${within("e", now)} AND ${meantFor(alias)})`;
};

/** The same, seen from an enrolment `e` with its author in its subject. */
export const meantFor = (thing: string) => {
  const chosen = sql.raw(`(${thing}.audience = 'subject' OR ${thing}.audience = 'class' AND e.class_id = ${thing}.class_id
    OR ${thing}.audience = 'students' AND EXISTS (SELECT 1 FROM recipients r WHERE r.thing_id = ${thing}.id AND r.student_id = e.student_id))`);
  return sql`${member(sql`e.student_id`, sql`e.school_id`, "student")} AND ${chosen}`;
};
