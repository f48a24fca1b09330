import { and, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Role } from "#app/domain/actor.ts";
import { addMany, among, putMany } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { guardianships, restrictions } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { memberships, schools, studentProfiles, tutorAssignments } from "./schema/schools.ts";

const ofSchool = (schoolId: string, column: unknown) => sql`${column} IN (SELECT m.user_id FROM memberships m WHERE m.school_id = ${schoolId})`;

/** Everybody who is or was of the school, with the roles held now or once; a statement for the caller's batch. */
export const selectRosterPeople = (db: Db, schoolId: string) =>
  db.select({
    id: users.id, kind: users.kind, name: users.name, email: users.email, username: users.username, phone: users.phone, birthDate: users.birthDate, level: users.level,
    number: studentProfiles.number, goal: studentProfiles.goal,
    roles: sql<[Role, number][]>`json_group_array(json_array(${memberships.role}, ${memberships.active}))`.mapWith((text: string) => JSON.parse(text) as [Role, number][]).as("roles"),
  }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), inArray(users.status, ["active", "deactivated"])))
    .leftJoin(studentProfiles, and(eq(studentProfiles.schoolId, memberships.schoolId), eq(studentProfiles.studentId, users.id)))
    .where(eq(memberships.schoolId, schoolId)).groupBy(users.id);

export const selectSchool = (db: Db, schoolId: string) => db.select({ schoolName: named(schools.name, "school_name"), timeZone: schools.timeZone }).from(schools).where(eq(schools.id, schoolId));

/** Who guards the school's children now; a statement for the caller's batch. */
export const selectRosterGuardians = (db: Db, schoolId: string) =>
  db.select({ guardianId: guardianships.guardianId, childId: guardianships.childId, isPrimary: guardianships.isPrimary }).from(guardianships)
    .where(and(eq(guardianships.active, true), ofSchool(schoolId, guardianships.childId)));

/** Who is kept away from which of the school's children now; a statement for the caller's batch. */
export const selectRosterRestrictions = (db: Db, schoolId: string, now: number) =>
  db.select({ personId: restrictions.personId, keptFrom: named(restrictions.childId, "kept_from") }).from(restrictions)
    .where(and(sql`${restrictions.childId} IN (SELECT m.user_id FROM memberships m WHERE m.school_id = ${schoolId} AND m.role = 'student')`, lte(restrictions.startsAt, now), or(isNull(restrictions.endsAt), gt(restrictions.endsAt, now))));

export const selectRosterTutors = (db: Db, schoolId: string) =>
  db.select({ tutorId: tutorAssignments.tutorId, studentId: tutorAssignments.studentId, endsAt: tutorAssignments.endsAt }).from(tutorAssignments).where(eq(tutorAssignments.schoolId, schoolId));

/** Which of these addresses and usernames somebody has, wherever; a statement for the caller's batch. */
export const selectTaken = (db: Db, emails: string[], usernames: string[]) =>
  db.select({ takenBy: named(users.id, "taken_by"), email: users.email, username: users.username }).from(users).where(sql`${users.email} IN ${among(emails)} OR ${users.username} IN ${among(usernames)}`);

/** People as they shall be: new ones, and of known ones only what a roster says. */
export const putRosterPeople = (db: Db, rows: (typeof users.$inferInsert)[]) => putMany(db, users, ["id"], ["name", "email", "username", "phone", "birthDate", "level"], rows);
export const putRoles = (db: Db, rows: (typeof memberships.$inferInsert)[]) => putMany(db, memberships, ["userId", "schoolId", "role"], ["active"], rows);
export const putStudentProfiles = (db: Db, rows: (typeof studentProfiles.$inferInsert)[]) => putMany(db, studentProfiles, ["schoolId", "studentId"], ["number", "goal"], rows);
/** Those that are not there yet. */
export const addGuardianships = (db: Db, rows: (typeof guardianships.$inferInsert)[]) => addMany(db, guardianships, rows);
