import { and, asc, eq, inArray, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import type { Db, Write } from "./client.ts";
import { guards, inForce } from "./guardianships.ts";
import { hiddenFrom, keptAway } from "./restrictions.ts";
import { decisionRules } from "./schema/budgets.ts";
import { families, familyMembers, guardianships } from "./schema/families.ts";
import { passwords, users } from "./schema/identity.ts";

export type FamilyRow = typeof families.$inferSelect;

export const insertFamily = (db: Db, family: typeof families.$inferInsert) => db.insert(families).values(family);
export const insertFamilyMember = (db: Db, member: typeof familyMembers.$inferInsert) => db.insert(familyMembers).values(member).onConflictDoNothing();

/** Children, with PINs where they have one. At most ten: a statement takes 100 parameters. */
export function insertChildren(db: Db, children: { id: string; name: string; username: string; level: string | null; locale: string; timeZone: string | SQL; pinHash: string | null }[], now: number): Write[] {
  if (children.length === 0) return [];
  const pins = children.flatMap(({ id, pinHash }) => (pinHash === null ? [] : [{ userId: id, kind: "pin" as const, hash: pinHash, changedAt: now }]));
  return [
    db.insert(users).values(children.map(({ pinHash: _pinHash, ...child }) => ({ ...child, kind: "child" as const, createdAt: now }))),
    ...(pins.length > 0 ? [db.insert(passwords).values(pins)] : []),
  ];
}

export const insertStudents = (db: Db, familyId: string, childIds: string[], now: number): Write[] =>
  childIds.length === 0 ? [] : [db.insert(familyMembers).values(childIds.map((userId) => ({ familyId, userId, role: "student" as const, joinedAt: now })))];

/** The time zone of a family that is not put away, to be written; NULL, and so an aborted batch, where there is none. */
export const timeZoneOf = (familyId: string): SQL => sql`(SELECT time_zone FROM families WHERE id = ${familyId} AND deleted_at IS NULL)`;

/** People by username, with whether the reader is their guardian now; a statement for the caller's batch. */
export function selectByUsernames(db: Db, usernames: string[], readerId: string, now: number) {
  const names = sql`(SELECT value FROM json_each(${JSON.stringify(usernames)}))`;
  return db.select({ id: users.id, username: users.username, isWard: sql<number>`${guards(readerId, sql`users.id`, now)}` }).from(users).where(sql`${users.username} IN ${names}`);
}

/** Puts a child into a family. Aborts its batch (NOT NULL family_members.role) unless the adult is still in that family and the child's guardian. */
export const linkWard = (db: Db, { familyId, childId, guardianId, now }: { familyId: string; childId: string; guardianId: string; now: number }) =>
  db.insert(familyMembers).values({
    familyId, userId: childId, joinedAt: now,
    role: sql`CASE WHEN ${guards(guardianId, childId, now)} AND EXISTS (SELECT 1 FROM family_members m WHERE m.family_id = ${familyId} AND m.user_id = ${guardianId} AND m.role = 'guardian') THEN 'student' END`,
  }).onConflictDoNothing();

const familiesOf = (db: Db, userId: string, now: number) => db.select({ id: familyMembers.familyId }).from(familyMembers).where(and(eq(familyMembers.userId, userId), sql`NOT ${hiddenFrom(userId, sql`family_members.family_id`, now)}`));

type Scope = { familyId?: string; withUserId?: string; deleted?: boolean };

/** Families that the reader is in; a statement for the caller's batch. */
export const selectFamilies = (db: Db, readerId: string, now: number, { familyId, withUserId, deleted = false }: Scope = {}) =>
  db.select().from(families).where(and(
    inArray(families.id, familiesOf(db, readerId, now)),
    withUserId === undefined ? undefined : inArray(families.id, familiesOf(db, withUserId, now)),
    familyId === undefined ? undefined : eq(families.id, familyId),
    deleted ? isNotNull(families.deletedAt) : isNull(families.deletedAt),
  )).orderBy(asc(families.id));

/**
 * Who is in the reader's families: the adults, and of the students only the reader and those whose guardian the reader is.
 * A statement for the caller's batch.
 */
export function selectPeople(db: Db, readerId: string, now: number, familyId?: string) {
  const wards = db.select({ id: guardianships.childId }).from(guardianships).where(and(eq(guardianships.guardianId, readerId), inForce(now)));
  return db.select({ familyId: familyMembers.familyId, userId: users.id, role: familyMembers.role, name: users.name, username: users.username, level: users.level, avatarKey: users.avatarKey })
    .from(familyMembers).innerJoin(users, and(eq(users.id, familyMembers.userId), eq(users.status, "active")))
    .where(and(
      familyId === undefined ? inArray(familyMembers.familyId, familiesOf(db, readerId, now)) : and(eq(familyMembers.familyId, familyId), inArray(familyMembers.familyId, familiesOf(db, readerId, now))),
      or(eq(familyMembers.role, "guardian"), eq(users.id, readerId), inArray(users.id, wards)),
    )).orderBy(asc(familyMembers.joinedAt), asc(users.id));
}
export type PersonRow = Awaited<ReturnType<typeof selectPeople>>[number];

/** Whether the adult may settle what concerns the whole family: they are primary guardian of a student in it, or it has no student. */
const leads = (userId: string, familyId: string, now: number) => sql`EXISTS (SELECT 1 FROM family_members me WHERE me.family_id = ${familyId} AND me.user_id = ${userId} AND me.role = 'guardian') AND (
  EXISTS (SELECT 1 FROM family_members s WHERE s.family_id = ${familyId} AND s.role = 'student' AND ${guards(userId, sql`s.user_id`, now, "primary")})
  OR NOT EXISTS (SELECT 1 FROM family_members s WHERE s.family_id = ${familyId} AND s.role = 'student'))`;

/** A family that the adult is in, deleted or not, with whether they lead it; a statement for the caller's batch. */
export const selectLedFamily = (db: Db, userId: string, familyId: string, now: number) =>
  db.select({ family: families, leads: sql<boolean>`(${leads(userId, familyId, now)})`.mapWith(Boolean) }).from(families)
    .where(and(eq(families.id, familyId), inArray(families.id, familiesOf(db, userId, now))));

export async function findLedFamily(db: Db, userId: string, familyId: string, now: number) {
  const [found] = await selectLedFamily(db, userId, familyId, now);
  return found ? { ...found.family, leads: found.leads } : null;
}

export const updateFamily = (db: Db, familyId: string, change: Partial<FamilyRow>) => db.update(families).set(change).where(and(eq(families.id, familyId), isNull(families.deletedAt)));
export const setFamilyDeleted = (db: Db, familyId: string, deletedAt: number | null) => db.update(families).set({ deletedAt }).where(eq(families.id, familyId));

/** Every decision taken on the students' old rules aborts. */
export const bumpRulesOfFamily = (db: Db, familyId: string) =>
  db.insert(decisionRules).select(sql`SELECT user_id, 'any', 1 FROM family_members WHERE family_id = ${familyId} AND role = 'student'`)
    .onConflictDoUpdate({ target: decisionRules.childId, set: { revision: sql`${decisionRules.revision} + 1` } });

/**
 * An adult goes out of a family. Aborts the batch (NOT NULL family_members.role) when a student whose guardian they are would be left
 * in it without another lasting guardian: so of two who leave at once the second stays.
 */
export const releaseGuardian = (db: Db, familyId: string, userId: string, now: number) => [
  db.update(familyMembers).set({
    role: sql`CASE WHEN NOT EXISTS (SELECT 1 FROM family_members s WHERE s.family_id = ${familyId} AND s.role = 'student' AND ${guards(userId, sql`s.user_id`, now)} AND NOT EXISTS (
      SELECT 1 FROM family_members m JOIN users u ON u.id = m.user_id AND u.status = 'active' JOIN guardianships o ON o.guardian_id = m.user_id
      WHERE m.family_id = ${familyId} AND m.role = 'guardian' AND m.user_id <> ${userId} AND o.child_id = s.user_id AND o.active = 1 AND o.starts_at <= ${now} AND o.ends_at IS NULL
        AND o.contact_as IS NULL AND NOT ${keptAway(sql`o.guardian_id`, sql`o.child_id`, now)})) THEN role END`,
  }).where(and(eq(familyMembers.familyId, familyId), eq(familyMembers.userId, userId))),
  deleteMember(db, familyId, userId),
];

/** A student goes out of a family. Aborts the batch (NOT NULL family_members.role) when it is their only one, or the remover is no longer their primary guardian. */
export const releaseStudent = (db: Db, familyId: string, childId: string, removerId: string, now: number) => [
  db.update(familyMembers).set({
    role: sql`CASE WHEN ${guards(removerId, childId, now, "primary")} AND EXISTS (SELECT 1 FROM family_members m JOIN families f ON f.id = m.family_id AND f.deleted_at IS NULL WHERE m.user_id = ${childId} AND m.family_id <> ${familyId}) THEN role END`,
  }).where(and(eq(familyMembers.familyId, familyId), eq(familyMembers.userId, childId))),
  deleteMember(db, familyId, childId),
];

const deleteMember = (db: Db, familyId: string, userId: string) => db.delete(familyMembers).where(and(eq(familyMembers.familyId, familyId), eq(familyMembers.userId, userId)));
