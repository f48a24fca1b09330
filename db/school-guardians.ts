import { and, asc, desc, eq, getTableColumns, sql, type SQL } from "drizzle-orm";
import type { Rights } from "#app/domain/actor.ts";
import { among } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { inForce } from "./guardianships.ts";
import { familyMembers, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { memberships } from "./schema/schools.ts";

/** Of these children the school's active students, with who guards each now and whether that adult is kept away; a statement for the caller's batch. */
export const selectStudentsToGuard = (db: Db, schoolId: string, guardianId: string, childIds: string[], now: number) =>
  db.select({
    childId: named(users.id, "student_id"), name: users.name,
    guardianIds: sql<string[]>`(SELECT json_group_array(g.guardian_id) FROM guardianships g WHERE g.child_id = ${users.id} AND g.active = 1)`.mapWith((ids: string) => JSON.parse(ids) as string[]).as("guardian_ids"),
    restricted: sql<boolean>`EXISTS (SELECT 1 FROM restrictions x WHERE x.child_id = ${users.id} AND x.person_id = ${guardianId} AND x.starts_at <= ${now} AND (x.ends_at IS NULL OR ${now} < x.ends_at))`.mapWith(Boolean).as("restricted"),
  }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .where(and(sql`${memberships.userId} IN ${among(childIds)}`, eq(memberships.schoolId, schoolId), eq(memberships.role, "student"), eq(memberships.active, true)));

type NewWard = { id: string; childId: string };
type Appointed = { schoolId: string; guardianId: string; relationship: string; now: number };

const atSchool = (userId: unknown, schoolId: string, role: "student" | "parent") =>
  sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${userId} AND m.school_id = ${schoolId} AND m.role = ${sql.raw(`'${role}'`)} AND m.active = 1)`;

/**
 * One guardian for many students, by one statement. Who is a child's first guardian leads and may do everything; a further one may `further`.
 * Aborts its batch (NOT NULL guardianships.relationship) when one of them is no longer at the school, and (UNIQUE guardianships.guardian_id)
 * when somebody was quicker.
 */
export const appointGuardian = (db: Db, { schoolId, guardianId, relationship, now }: Appointed, wards: NewWard[], further: Rights) => {
  const child = sql.raw("json_each.value ->> '$.childId'");
  const first = sql`NOT EXISTS (SELECT 1 FROM guardianships p WHERE p.child_id = ${child} AND p.active = 1 AND p.is_primary = 1)`;
  const may = (right: boolean) => sql`CASE WHEN ${first} THEN 1 ELSE ${right ? 1 : 0} END`;
  const values: Partial<Record<keyof typeof guardianships.$inferInsert, SQL>> = {
    id: sql.raw("json_each.value ->> '$.id'"), guardianId: sql`${guardianId}`, childId: child,
    relationship: sql`CASE WHEN ${atSchool(guardianId, schoolId, "parent")} AND ${atSchool(child, schoolId, "student")} THEN ${relationship} END`,
    canApprovePurchases: may(further.canApprovePurchases), canScheduleLessons: may(further.canScheduleLessons), canViewProgress: may(further.canViewProgress), canTalkWithTeachers: may(further.canTalkWithTeachers),
    contactPriority: sql`1 + (SELECT count(*) FROM guardianships n WHERE n.child_id = ${child} AND n.active = 1)`, isPrimary: sql`CASE WHEN ${first} THEN 1 ELSE 0 END`,
    startsAt: sql`${now}`, active: sql`1`, createdAt: sql`${now}`,
  };
  const inOrder = Object.keys(getTableColumns(guardianships)).map((key) => values[key as keyof typeof values] ?? sql`NULL`);
  return db.insert(guardianships).select(sql`SELECT ${sql.join(inOrder, sql`, `)} FROM json_each(${JSON.stringify(wards)})`);
};

/** Those of the children who have no family yet come into the guardian's, if there is one. */
export const bringHome = (db: Db, guardianId: string, childIds: string[], now: number) =>
  db.insert(familyMembers).select(sql`SELECT home.family_id, json_each.value, 'student', ${now} FROM json_each(${JSON.stringify(childIds)}),
    (SELECT fm.family_id FROM family_members fm JOIN families f ON f.id = fm.family_id AND f.deleted_at IS NULL WHERE fm.user_id = ${guardianId} AND fm.role = 'guardian' ORDER BY fm.joined_at, fm.family_id LIMIT 1) home
    WHERE NOT EXISTS (SELECT 1 FROM family_members has WHERE has.user_id = json_each.value)`);

/** Who looks after a student now, with whether they are of the school too; a statement for the caller's batch. */
export const selectGuardiansAt = (db: Db, schoolId: string, childId: string, now: number) =>
  db.select({
    userId: named(users.id, "guardian_id"), name: named(users.name, "guardian_name"), relationship: guardianships.relationship, isPrimary: guardianships.isPrimary,
    here: sql<boolean>`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${users.id} AND m.school_id = ${schoolId})`.mapWith(Boolean).as("here"),
  }).from(guardianships).innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active"))).where(and(eq(guardianships.childId, childId), inForce(now)))
    .orderBy(desc(guardianships.isPrimary), asc(guardianships.contactPriority), asc(guardianships.id));

/** Of an adult's children those who are students of the school; a statement for the caller's batch. */
export const selectWardsAt = (db: Db, schoolId: string, guardianId: string, now: number) =>
  db.select({ userId: named(users.id, "ward_id"), name: named(users.name, "ward_name"), level: users.level, isPrimary: guardianships.isPrimary }).from(guardianships).innerJoin(users, and(eq(users.id, guardianships.childId), eq(users.status, "active")))
    .where(and(eq(guardianships.guardianId, guardianId), inForce(now), sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${users.id} AND m.school_id = ${schoolId} AND m.role = 'student')`)).orderBy(asc(users.name));
