import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { Role } from "#app/domain/actor.ts";
import { maySettle } from "./consents.ts";
import { named, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { memberships, schools } from "./schema/schools.ts";

export type SchoolRow = typeof schools.$inferSelect;

export const insertSchool = (db: Db, school: typeof schools.$inferInsert) => db.insert(schools).values(school);
export const updateSchool = (db: Db, schoolId: string, change: Partial<SchoolRow>) => db.update(schools).set(change).where(eq(schools.id, schoolId));
export const insertMembership = (db: Db, membership: typeof memberships.$inferInsert) => db.insert(memberships).values(membership);

/** One school; a statement for the caller's batch. */
export const selectSchool = (db: Db, schoolId: string) => db.select().from(schools).where(eq(schools.id, schoolId));

export const listSchools = (db: Db, ids: string[]) => db.select().from(schools).where(sql`${schools.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`).orderBy(asc(schools.name), asc(schools.id));

/** Whether somebody other than that person owns the school, with an account that works; safe inside any statement. */
const hasOtherOwner = (schoolId: string, userId: string): SQL => sql`EXISTS (SELECT 1 FROM memberships o JOIN users u ON u.id = o.user_id AND u.status = 'active'
  WHERE o.school_id = ${schoolId} AND o.role = 'school_owner' AND o.active = 1 AND o.user_id <> ${userId})`;

type Seat = { schoolId: string; userId: string };

/** The person with their roles at the school, whether active there or not; a statement for the caller's batch. */
export const selectMember = (db: Db, { schoolId, userId }: Seat) =>
  db.select({
    userId: named(users.id, "user_id"), kind: users.kind, name: users.name, status: users.status,
    role: memberships.role, active: memberships.active,
  }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId))).orderBy(asc(memberships.createdAt));

/**
 * A child comes to the school, or back to it, by the word of a guardian. Aborts its batch (NOT NULL memberships.role) unless that one may
 * settle with whom the child's data is shared.
 */
export const admitChild = (db: Db, { id, schoolId, childId, guardianId, now }: { id: string; schoolId: string; childId: string; guardianId: string; now: number }) =>
  db.insert(memberships).values({
    id, userId: childId, schoolId, createdAt: now,
    role: sql`CASE WHEN ${maySettle(guardianId, childId, now)} AND EXISTS (SELECT 1 FROM users u WHERE u.id = ${childId} AND u.kind = 'child' AND u.status = 'active') THEN 'student' END`,
  }).onConflictDoUpdate({ target: [memberships.userId, memberships.schoolId, memberships.role], set: { active: true } });

/** Another role for a member. Aborts its batch (NOT NULL memberships.role) when they left by then, and (UNIQUE memberships.user_id) when they have it. */
export const insertFurtherRole = (db: Db, { schoolId, userId }: Seat, { id, role, now }: { id: string; role: Role; now: number }) =>
  db.insert(memberships).values({
    id, userId, schoolId, createdAt: now,
    role: sql`CASE WHEN EXISTS (SELECT 1 FROM memberships m WHERE m.school_id = ${schoolId} AND m.user_id = ${userId} AND m.active = 1) THEN ${role} END`,
  });

/**
 * A role is given up, or all of them. Aborts its batch (NOT NULL memberships.role) when the school would be left without an owner: so of two
 * owners who leave at once the second stays.
 */
export const releaseRoles = (db: Db, { schoolId, userId }: Seat, role?: Role) => {
  const held = and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId), role === undefined ? undefined : eq(memberships.role, role));
  return [
    db.update(memberships).set({ role: sql`CASE WHEN role <> 'school_owner' OR ${hasOtherOwner(schoolId, userId)} THEN role END` }).where(held),
    db.delete(memberships).where(held),
  ];
};

/** All roles rest, or are taken up again. Aborts its batch (NOT NULL memberships.active) when the school would be left without an owner. */
export const setMembershipsActive = (db: Db, { schoolId, userId }: Seat, active: boolean) =>
  db.update(memberships).set({ active: active ? true : sql`CASE WHEN role <> 'school_owner' OR ${hasOtherOwner(schoolId, userId)} THEN 0 END` })
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId)));
