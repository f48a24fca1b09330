import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { addMany, among, insertMany } from "./bulk.ts";
import type { Db } from "./client.ts";
import { families, familyMembers, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { sourcedIds } from "./schema/imports.ts";
import { schools } from "./schema/schools.ts";

const studentsOf = (schoolId: string) => sql`(SELECT m.user_id FROM memberships m WHERE m.school_id = ${schoolId} AND m.role = 'student' AND m.active = 1)`;

/** Families of the school's students, and those that a file of the school made, with everybody in them; a statement for the caller's batch. */
export const selectSchoolFamilies = (db: Db, schoolId: string) =>
  db.select({
    id: families.id, name: families.name,
    members: sql<[string, "guardian" | "student"][]>`(SELECT json_group_array(json_array(fm.user_id, fm.role)) FROM family_members fm WHERE fm.family_id = families.id)`.mapWith((text: string) => JSON.parse(text) as [string, "guardian" | "student"][]).as("members"),
  }).from(families).where(and(isNull(families.deletedAt), sql`families.id IN (SELECT fm.family_id FROM family_members fm WHERE fm.role = 'student' AND fm.user_id IN ${studentsOf(schoolId)}
    UNION SELECT k.target_id FROM sourced_ids k WHERE k.school_id = ${schoolId} AND k.kind = 'family')`));

export const selectFamilyKeys = (db: Db, schoolId: string) =>
  db.select({ sourcedId: sourcedIds.sourcedId, targetId: sourcedIds.targetId }).from(sourcedIds).where(and(eq(sourcedIds.schoolId, schoolId), eq(sourcedIds.kind, "family")));

/** Who guards or guarded a student of the school. */
export const selectFamilyTies = (db: Db, schoolId: string) => db.select({ adult: guardianships.guardianId, child: guardianships.childId }).from(guardianships).where(sql`${guardianships.childId} IN ${studentsOf(schoolId)}`);

/** Adults who look after a student of the school now; a statement for the caller's batch. */
export const selectFamilyGuardians = (db: Db, schoolId: string, now: number) =>
  db.select({ id: users.id, name: users.name, email: users.email, username: users.username, phone: users.phone, birthDate: users.birthDate }).from(users)
    .where(and(inArray(users.status, ["active", "deactivated"]), sql`users.id IN (SELECT g.guardian_id FROM guardianships g WHERE g.child_id IN ${studentsOf(schoolId)} AND g.active = 1 AND (g.ends_at IS NULL OR ${now} < g.ends_at))`));

/** Into these families, as far as a file of the school made them and they are still there. */
export const joinNamedFamilies = (db: Db, schoolId: string, userId: string, familyIds: string[], now: number) =>
  db.insert(familyMembers).select(sql`SELECT families.id, ${userId}, 'guardian', ${now} FROM families WHERE families.id IN ${among(familyIds)} AND families.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM sourced_ids k WHERE k.target_id = families.id AND k.school_id = ${schoolId} AND k.kind = 'family')`).onConflictDoNothing();

export const insertFamilies = (db: Db, rows: (typeof families.$inferInsert)[]) => insertMany(db, families, rows);
/** Those that are not there yet. */
export const addFamilyMembers = (db: Db, rows: (typeof familyMembers.$inferInsert)[]) => addMany(db, familyMembers, rows);
export const insertFamilyKeys = (db: Db, schoolId: string, keys: { sourcedId: string; targetId: string }[]) => insertMany(db, sourcedIds, keys.map((key) => ({ schoolId, kind: "family" as const, ...key })));
export const selectSchoolMoney = (db: Db, schoolId: string) => db.select({ currency: schools.currency }).from(schools).where(eq(schools.id, schoolId));
