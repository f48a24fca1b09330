import { and, asc, desc, eq, gt, inArray, isNull, or, lte, sql, type SQL } from "drizzle-orm";
import type { Db } from "./client.ts";
import { families, familyMembers, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";

/** Active and within its dates; the end is exclusive. */
export const inForce = (now: number): SQL => and(eq(guardianships.active, true), lte(guardianships.startsAt, now), or(isNull(guardianships.endsAt), gt(guardianships.endsAt, now)))!;

export type Child = { id: string; name: string; username: string | null; level: string | null; familyIds: string[] };

/**
 * The person's families that the reader is in too: what else a child belongs to is not the reader's to know.
 * Names are written out because Drizzle leaves tables off in a query without joins.
 */
const sharedFamilyIds = (readerId: string) => sql<string[]>`(SELECT json_group_array(theirs.family_id ORDER BY theirs.family_id) FROM family_members theirs
  JOIN families home ON home.id = theirs.family_id AND home.deleted_at IS NULL
  JOIN family_members mine ON mine.family_id = theirs.family_id AND mine.user_id = ${readerId}
  WHERE theirs.user_id = users.id)`.mapWith((ids: string) => JSON.parse(ids) as string[]);

const asChild = (readerId: string) => ({ id: users.id, name: users.name, username: users.username, level: users.level, familyIds: sharedFamilyIds(readerId) });

/** Children whose guardian this is, by id, after the cursor. */
export async function listWards(db: Db, guardianId: string, now: number, { after = "", limit = 100 }: { after?: string; limit?: number } = {}): Promise<Child[]> {
  return db.select(asChild(guardianId)).from(guardianships)
    .innerJoin(users, and(eq(users.id, guardianships.childId), eq(users.status, "active")))
    .where(and(eq(guardianships.guardianId, guardianId), inForce(now), gt(users.id, after)))
    .orderBy(asc(users.id)).limit(limit);
}

/** The child, if the reader is in force as guardian or is the child. */
export async function findChild(db: Db, readerId: string, now: number, childId: string): Promise<Child | null> {
  return (await selectChild(db, readerId, now, childId))[0] ?? null;
}

/** The same as a statement for the caller's batch. */
export function selectChild(db: Db, readerId: string, now: number, childId: string) {
  const isWard = db.select({ one: sql`1` }).from(guardianships).where(and(eq(guardianships.childId, childId), eq(guardianships.guardianId, readerId), inForce(now)));
  return db.select(asChild(readerId)).from(users)
    .where(and(eq(users.id, childId), eq(users.kind, "child"), eq(users.status, "active"), or(eq(users.id, readerId), sql`EXISTS ${isWard}`)));
}

/** Wards of the reader who share a family with the child; a statement for the caller's batch. */
export function selectSiblings(db: Db, readerId: string, now: number, childId: string) {
  const homes = db.select({ id: familyMembers.familyId }).from(familyMembers).innerJoin(families, and(eq(families.id, familyMembers.familyId), isNull(families.deletedAt)))
    .where(and(eq(familyMembers.userId, childId), eq(familyMembers.role, "student")));
  const housemates = db.select({ id: familyMembers.userId }).from(familyMembers).where(and(inArray(familyMembers.familyId, homes), eq(familyMembers.role, "student")));
  return db.select(asChild(readerId)).from(guardianships)
    .innerJoin(users, and(eq(users.id, guardianships.childId), eq(users.status, "active")))
    .where(and(eq(guardianships.guardianId, readerId), inForce(now), inArray(users.id, housemates), sql`${users.id} <> ${childId}`))
    .orderBy(asc(users.id));
}

/** Who looks after the child now, the primary first; a statement for the caller's batch. */
export const selectGuardiansOf = (db: Db, childId: string, now: number) =>
  db.select({
    id: guardianships.id, guardianId: guardianships.guardianId, childId: guardianships.childId, name: users.name, relationship: guardianships.relationship, isPrimary: guardianships.isPrimary,
    contactPriority: guardianships.contactPriority, canApprovePurchases: guardianships.canApprovePurchases, canScheduleLessons: guardianships.canScheduleLessons,
    canViewProgress: guardianships.canViewProgress, canTalkWithTeachers: guardianships.canTalkWithTeachers, startsAt: guardianships.startsAt, endsAt: guardianships.endsAt,
  }).from(guardianships).innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active")))
    .where(and(eq(guardianships.childId, childId), inForce(now)))
    .orderBy(desc(guardianships.isPrimary), asc(guardianships.contactPriority), asc(guardianships.id));
export type GuardianOf = Awaited<ReturnType<typeof selectGuardiansOf>>[number];
