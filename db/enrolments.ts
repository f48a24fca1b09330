import { and, asc, eq, gt, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { Role } from "#app/domain/actor.ts";
import { among, putMany } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { classes, enrolments, memberships, schoolPeople, schoolPeopleWords, subjects, tutorAssignments } from "./schema/schools.ts";

export type SubjectRow = typeof subjects.$inferSelect;
export type ClassRow = typeof classes.$inferSelect;
export type EnrolmentRow = typeof enrolments.$inferSelect;
type NewEnrolment = typeof enrolments.$inferInsert;

const inSchools = (column: SQL | typeof enrolments.schoolId, schoolIds: string[]) => sql`${column} IN ${among(schoolIds)}`;
const inForce = (now: number) => and(lte(enrolments.startsAt, now), or(isNull(enrolments.endsAt), gt(enrolments.endsAt, now)));

/** Statements for the caller's batch. */
export const selectSubjects = (db: Db, schoolId: string) => db.select().from(subjects).where(eq(subjects.schoolId, schoolId)).orderBy(asc(subjects.name)).limit(500);
export const selectClasses = (db: Db, schoolId: string) => db.select().from(classes).where(eq(classes.schoolId, schoolId)).orderBy(asc(classes.name), asc(classes.id)).limit(500);

export async function findSubject(db: Db, schoolIds: string[], id: string) {
  return (await db.select().from(subjects).where(and(eq(subjects.id, id), inSchools(sql`${subjects.schoolId}`, schoolIds))).get()) ?? null;
}
export async function findClass(db: Db, schoolIds: string[], id: string) {
  return (await db.select().from(classes).where(and(eq(classes.id, id), inSchools(sql`${classes.schoolId}`, schoolIds))).get()) ?? null;
}
export const insertSubject = (db: Db, row: typeof subjects.$inferInsert) => db.insert(subjects).values(row);
export const insertClass = (db: Db, row: typeof classes.$inferInsert) => db.insert(classes).values(row);
export const updateSubject = (db: Db, schoolId: string, id: string, change: Partial<SubjectRow>) => db.update(subjects).set(change).where(and(eq(subjects.id, id), eq(subjects.schoolId, schoolId)));
export const updateClass = (db: Db, schoolId: string, id: string, change: Partial<ClassRow>) => db.update(classes).set(change).where(and(eq(classes.id, id), eq(classes.schoolId, schoolId)));

/** Which roles these people hold at the school now; a statement for the caller's batch. */
export const selectHeldRoles = (db: Db, schoolId: string, userIds: string[]) =>
  db.select({ userId: memberships.userId, role: memberships.role }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.active, true), sql`${memberships.userId} IN ${among(userIds)}`));
export const holds = (held: { userId: string; role: Role }[], userId: string, role: Role) => held.some((one) => one.userId === userId && one.role === role);

/** A subject or a class by id within the school; statements for the caller's batch. */
export const selectSubject = (db: Db, schoolId: string, id: string) => db.select().from(subjects).where(and(eq(subjects.id, id), eq(subjects.schoolId, schoolId)));
export const selectClass = (db: Db, schoolId: string, id: string) => db.select().from(classes).where(and(eq(classes.id, id), eq(classes.schoolId, schoolId)));

/** What these students had or have with that teacher in the subject. */
export const selectEnrolmentsOf = (db: Db, { schoolId, subjectId, teacherId, studentIds }: { schoolId: string; subjectId: string; teacherId: string; studentIds: string[] }) =>
  db.select().from(enrolments).where(and(eq(enrolments.schoolId, schoolId), eq(enrolments.subjectId, subjectId), eq(enrolments.teacherId, teacherId), sql`${enrolments.studentId} IN ${among(studentIds)}`));

/** Begins enrolments or takes them up again: a student, subject and teacher have one row for ever. */
export const putEnrolments = (db: Db, rows: NewEnrolment[]) =>
  putMany(db, enrolments, ["schoolId", "studentId", "subjectId", "teacherId"], ["tutorId", "classId", "customName", "startsAt", "endsAt"], rows);

export async function findEnrolment(db: Db, schoolIds: string[], id: string): Promise<EnrolmentRow | null> {
  return (await db.select().from(enrolments).where(and(eq(enrolments.id, id), inSchools(enrolments.schoolId, schoolIds))).get()) ?? null;
}
export const updateEnrolment = (db: Db, schoolId: string, id: string, change: Partial<EnrolmentRow>) => db.update(enrolments).set(change).where(and(eq(enrolments.id, id), eq(enrolments.schoolId, schoolId)));

export const putTutorAssignments = (db: Db, rows: (typeof tutorAssignments.$inferInsert)[]) => putMany(db, tutorAssignments, ["schoolId", "tutorId", "studentId"], ["startsAt", "endsAt"], rows);
export const selectTutorAssignments = (db: Db, schoolId: string, tutorId: string, studentIds: string[]) =>
  db.select().from(tutorAssignments).where(and(eq(tutorAssignments.schoolId, schoolId), eq(tutorAssignments.tutorId, tutorId), sql`${tutorAssignments.studentId} IN ${among(studentIds)}`));
export const endTutorAssignment = (db: Db, { schoolId, tutorId, studentId }: { schoolId: string; tutorId: string; studentId: string }, now: number) =>
  db.update(tutorAssignments).set({ endsAt: now }).where(and(eq(tutorAssignments.schoolId, schoolId), eq(tutorAssignments.tutorId, tutorId), eq(tutorAssignments.studentId, studentId), or(isNull(tutorAssignments.endsAt), gt(tutorAssignments.endsAt, now))));

/** A word's start, as it stands in the list of words. */
const starting = (schoolId: string, kind: "student", q: string) => sql`(SELECT user_id FROM ${schoolPeopleWords} WHERE school_id = ${schoolId} AND kind = ${kind} AND active = 1 AND word >= ${q} AND word < ${`${q}\uffff`})`;

type EnrolmentFilter = { classId?: string | undefined; subjectId?: string | undefined; q?: string | undefined; after?: string | undefined; limit: number };
const nameOf = (id: SQL, name: string) => sql<string>`(SELECT u.name FROM users u WHERE u.id = ${id})`.as(name);
const stillHere = (id: SQL, role: Role, name: string) => sql<boolean>`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${id} AND m.school_id = enrolments.school_id AND m.role = ${role} AND m.active = 1)`.mapWith(Boolean).as(name);

/** The school's enrolments in force, by class, subject or the start of a student's name; a statement for the caller's batch. */
export const selectEnrolments = (db: Db, schoolId: string, { classId, subjectId, q, after, limit }: EnrolmentFilter, now: number) =>
  db.select({
    id: enrolments.id, studentId: enrolments.studentId, teacherId: enrolments.teacherId, tutorId: enrolments.tutorId, subjectId: enrolments.subjectId, classId: enrolments.classId,
    customName: enrolments.customName, startsAt: enrolments.startsAt, endsAt: enrolments.endsAt,
    studentName: nameOf(sql`enrolments.student_id`, "student_name"), teacherName: nameOf(sql`enrolments.teacher_id`, "teacher_name"), tutorName: nameOf(sql`enrolments.tutor_id`, "tutor_name"),
    subjectName: sql<string>`(SELECT s.name FROM subjects s WHERE s.id = enrolments.subject_id)`.as("subject_name"), className: sql<string | null>`(SELECT c.name FROM classes c WHERE c.id = enrolments.class_id)`.as("class_name"),
    teacherHere: stillHere(sql`enrolments.teacher_id`, "teacher", "teacher_here"), tutorHere: stillHere(sql`enrolments.tutor_id`, "tutor", "tutor_here"),
  }).from(enrolments).where(and(
    eq(enrolments.schoolId, schoolId), inForce(now),
    classId ? eq(enrolments.classId, classId) : undefined, subjectId ? eq(enrolments.subjectId, subjectId) : undefined,
    q ? sql`${enrolments.studentId} IN ${starting(schoolId, "student", q.toLowerCase())}` : undefined,
    after ? gt(enrolments.id, after) : undefined,
  )).orderBy(asc(enrolments.id)).limit(limit);
export type EnrolmentOnList = Awaited<ReturnType<typeof selectEnrolments>>[number];

/** Active teachers and tutors, and active students of a level or whose name starts so; statements for the caller's batch. */
export const selectStaff = (db: Db, schoolId: string) =>
  db.select({ id: users.id, name: users.name, role: memberships.role }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.active, true), inArray(memberships.role, ["teacher", "tutor"]))).orderBy(asc(users.name)).limit(500);
export const selectStudents = (db: Db, schoolId: string, { level, q }: { level?: string | undefined; q?: string | undefined }, limit: number) =>
  db.select({ id: named(schoolPeople.userId, "student_id"), name: users.name, level: schoolPeople.level }).from(schoolPeople).innerJoin(users, eq(users.id, schoolPeople.userId))
    .where(and(eq(schoolPeople.schoolId, schoolId), eq(schoolPeople.kind, "student"), eq(schoolPeople.active, true), level ? eq(schoolPeople.level, level) : undefined, q ? sql`${schoolPeople.userId} IN ${starting(schoolId, "student", q.toLowerCase())}` : undefined))
    .orderBy(asc(schoolPeople.sortName), asc(schoolPeople.userId)).limit(limit);
