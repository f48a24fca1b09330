import { and, eq, sql } from "drizzle-orm";
import type { Role } from "#app/domain/actor.ts";
import { among } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { memberships, schools, staffProfiles, studentProfiles, subjects, tutorAssignments } from "./schema/schools.ts";

/** Whose these addresses are, and what they are at this school (nothing for a person known elsewhere only); a statement for the caller's batch. */
export const selectOwners = (db: Db, schoolId: string, emails: string[]) =>
  db.select({
    userId: named(users.id, "owner_id"), email: users.email, kind: users.kind, status: users.status,
    roles: sql<Role[]>`(SELECT json_group_array(m.role) FROM memberships m WHERE m.user_id = users.id AND m.school_id = ${schoolId})`.mapWith((roles: string) => JSON.parse(roles) as Role[]).as("roles"),
  }).from(users).where(sql`${users.email} IN ${among(emails)}`);

export const selectUsernameOwner = (db: Db, username: string) => db.select({ id: users.id }).from(users).where(eq(users.username, username));

/** Which of these people hold which role at the school now; a statement for the caller's batch. */
export const selectRolesOf = (db: Db, schoolId: string, userIds: string[]) =>
  db.select({ userId: named(users.id, "member_id"), name: users.name, role: memberships.role }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .where(and(sql`${memberships.userId} IN ${among(userIds)}`, eq(memberships.schoolId, schoolId), eq(memberships.active, true)));

export const selectSubjectIds = (db: Db, schoolId: string, ids: string[]) =>
  db.select({ id: subjects.id }).from(subjects).where(and(eq(subjects.schoolId, schoolId), sql`${subjects.id} IN ${among(ids)}`));

export const selectMoneyAndZone = (db: Db, schoolId: string) => db.select({ name: schools.name, currency: schools.currency, timeZone: schools.timeZone }).from(schools).where(eq(schools.id, schoolId));

export const putStudentProfile = (db: Db, row: typeof studentProfiles.$inferInsert) =>
  db.insert(studentProfiles).values(row).onConflictDoUpdate({ target: [studentProfiles.schoolId, studentProfiles.studentId], set: { number: row.number, goal: row.goal } });
export const putStaffProfile = (db: Db, row: typeof staffProfiles.$inferInsert) =>
  db.insert(staffProfiles).values(row).onConflictDoUpdate({ target: [staffProfiles.schoolId, staffProfiles.staffId], set: { specialisation: row.specialisation, subjectIds: row.subjectIds } });
export const insertTutorAssignment = (db: Db, row: typeof tutorAssignments.$inferInsert) => db.insert(tutorAssignments).values(row);
