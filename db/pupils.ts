import { and, asc, eq, isNull, or, gt, sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayKnow, mayRead } from "./child-access.ts";
import { named, type Db } from "./client.ts";
import { inForce } from "./guardianships.ts";
import { families, familyMembers, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { classes, enrolments, studentProfiles, subjects } from "./schema/schools.ts";
import { within } from "./within.ts";

/** Who has lessons with that person, or is assigned to them. Whether they may be known still has to be asked. */
const withMe = (readerId: string, now: number) => sql`(SELECT e.student_id FROM enrolments e WHERE e.teacher_id = ${readerId} AND ${within("e", now)}
  UNION SELECT e.student_id FROM enrolments e WHERE e.tutor_id = ${readerId} AND ${within("e", now)}
  UNION SELECT t.student_id FROM tutor_assignments t WHERE t.tutor_id = ${readerId} AND ${within("t", now)})`;

/** In what: the subjects that the reader teaches or tutors them in. */
const subjectsWith = (readerId: string, now: number) => sql<string[]>`(SELECT json_group_array(coalesce(e.custom_name, s.name) ORDER BY s.name) FROM enrolments e JOIN subjects s ON s.id = e.subject_id
  WHERE e.student_id = users.id AND (e.teacher_id = ${readerId} OR e.tutor_id = ${readerId}) AND ${within("e", now)})`.mapWith((names: string) => JSON.parse(names) as string[]);

type PupilQuery = { terms: string[]; after?: string | undefined; limit: number };

/** The reader's own students by name; the picture only where the family shares it (`media`). A statement for the caller's batch. */
export const selectPupils = (db: Db, readerId: string, media: ReadRule, { terms, after, limit }: PupilQuery, now: number) =>
  db.select({
    id: named(users.id, "pupil_id"), name: named(users.name, "pupil_name"), level: users.level, subjects: subjectsWith(readerId, now).as("subjects_with"),
    avatarKey: sql<string | null>`CASE WHEN ${mayRead(readerId, sql`users.id`, media, now)} THEN users.avatar_key END`.as("shared_avatar_key"),
  }).from(users).where(and(
    sql`users.id IN ${withMe(readerId, now)}`, eq(users.kind, "child"), eq(users.status, "active"), sql`${mayKnow(readerId, sql`users.id`, now)}`,
    // Words as they begin in the name: what else could be found by stays unknown.
    ...terms.map((term) => sql`(' ' || users.name) LIKE ${`% ${term.replace(/[\\%_]/g, "\\$&")}%`} ESCAPE '\\'`),
    after === undefined ? undefined : sql`(users.name COLLATE NOCASE, users.id) > ((SELECT a.name FROM users a WHERE a.id = ${after} AND a.id IN ${withMe(readerId, now)}) COLLATE NOCASE, ${after})`,
  )).orderBy(sql`users.name COLLATE NOCASE`, asc(users.id)).limit(limit);

/** How many there are; a statement for the caller's batch. */
export const countPupils = (db: Db, readerId: string, now: number) =>
  db.select({ count: sql<number>`count(*)`.as("pupils") }).from(users).where(and(sql`users.id IN ${withMe(readerId, now)}`, eq(users.kind, "child"), eq(users.status, "active"), sql`${mayKnow(readerId, sql`users.id`, now)}`));

/** The classes that the reader teaches. */
export const selectClassesOf = (db: Db, teacherId: string) =>
  db.select({ id: named(classes.id, "class_id"), name: named(classes.name, "class_name"), level: named(classes.level, "class_level"), subject: sql<string | null>`(SELECT s.name FROM subjects s WHERE s.id = ${classes.subjectId})`.as("class_subject") })
    .from(classes).where(and(eq(classes.teacherId, teacherId), eq(classes.active, true), sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${teacherId} AND m.school_id = ${classes.schoolId} AND m.role = 'teacher' AND m.active = 1)`)).orderBy(asc(classes.name)).limit(50);

/** A student's lessons now, with who gives them; whose schools' the reader may see is the caller's to say. Statements for the caller's batch. */
export const selectRoster = (db: Db, studentId: string, now: number) =>
  db.select({
    id: named(enrolments.id, "enrolment_id"), schoolId: enrolments.schoolId, subject: sql<string>`coalesce(${enrolments.customName}, ${subjects.name})`.as("subject"),
    teacher: nameOf(sql`enrolments.teacher_id`).as("teacher"), tutor: nameOf(sql`enrolments.tutor_id`).as("tutor"), class: sql<string | null>`(SELECT c.name FROM classes c WHERE c.id = enrolments.class_id)`.as("class"),
  }).from(enrolments).innerJoin(subjects, eq(subjects.id, enrolments.subjectId))
    .where(and(eq(enrolments.studentId, studentId), sql`${enrolments.startsAt} <= ${now}`, or(isNull(enrolments.endsAt), gt(enrolments.endsAt, now)))).orderBy(asc(subjects.name), asc(enrolments.id)).limit(40);

const nameOf = (id: SQL) => sql<string | null>`(SELECT n.name FROM users n WHERE n.id = ${id})`;

/** What may be behind `profile`, `media` and `contact`. */
export const selectStudentFacts = (db: Db, studentId: string) =>
  db.select({ birthDate: users.birthDate, avatarKey: users.avatarKey, phone: named(users.phone, "student_phone") }).from(users).where(eq(users.id, studentId));
export const selectSchoolFacts = (db: Db, studentId: string) =>
  db.select({ schoolId: named(studentProfiles.schoolId, "profile_school_id"), number: studentProfiles.number, goal: studentProfiles.goal }).from(studentProfiles).where(eq(studentProfiles.studentId, studentId));
export const selectReach = (db: Db, studentId: string, now: number) =>
  db.select({ name: named(users.name, "guardian_name"), email: users.email, phone: named(users.phone, "guardian_phone"), relationship: guardianships.relationship }).from(guardianships).innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active")))
    .where(and(eq(guardianships.childId, studentId), inForce(now))).orderBy(asc(guardianships.contactPriority), asc(guardianships.id)).limit(10);
export const selectAddresses = (db: Db, studentId: string) =>
  db.select({ address: families.address }).from(familyMembers).innerJoin(families, and(eq(families.id, familyMembers.familyId), isNull(families.deletedAt))).where(and(eq(familyMembers.userId, studentId), eq(familyMembers.role, "student"))).limit(5);
