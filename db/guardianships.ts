import { and, asc, desc, eq, gt, inArray, isNull, or, lte, sql, type SQL } from "drizzle-orm";
import type { Db } from "./client.ts";
import { hiddenFrom, keptAway } from "./restrictions.ts";
import { families, familyMembers, guardianships } from "./schema/families.ts";
import { users } from "./schema/identity.ts";

/** Active, within its dates (the end is exclusive), and its holder not kept away from the child. For a select in which the table has its own name. */
export const inForce = (now: number): SQL => and(dated(now), sql`NOT ${keptAway(sql`guardianships.guardian_id`, sql`guardianships.child_id`, now)}`)!;
const dated = (now: number): SQL => and(eq(guardianships.active, true), lte(guardianships.startsAt, now), or(isNull(guardianships.endsAt), gt(guardianships.endsAt, now)))!;

/** Whether that adult is in force as guardian (or as the primary one) of the child; written out to be safe inside any statement. */
export const guards = (guardianId: string | SQL, childId: string | SQL, now: number, as: "guardian" | "primary" = "guardian") => sql`EXISTS (SELECT 1 FROM guardianships g
  WHERE g.guardian_id = ${guardianId} AND g.child_id = ${childId} AND g.active = 1 AND g.starts_at <= ${now} AND (g.ends_at IS NULL OR ${now} < g.ends_at)${sql.raw(as === "primary" ? " AND g.is_primary = 1" : "")}
  AND NOT ${keptAway(sql`g.guardian_id`, sql`g.child_id`, now)})`;

export type Child = { id: string; name: string; username: string | null; level: string | null; familyIds: string[] };

/**
 * The person's families that the reader is in too: what else a child belongs to is not the reader's to know.
 * Names are written out because Drizzle leaves tables off in a query without joins.
 */
const sharedFamilyIds = (readerId: string, now: number) => sql<string[]>`(SELECT json_group_array(theirs.family_id ORDER BY theirs.family_id) FROM family_members theirs
  JOIN families home ON home.id = theirs.family_id AND home.deleted_at IS NULL
  JOIN family_members mine ON mine.family_id = theirs.family_id AND mine.user_id = ${readerId}
  WHERE theirs.user_id = users.id AND NOT ${hiddenFrom(readerId, sql`theirs.family_id`, now)})`.mapWith((ids: string) => JSON.parse(ids) as string[]);

const asChild = (readerId: string, now: number) => ({ id: users.id, name: users.name, username: users.username, level: users.level, familyIds: sharedFamilyIds(readerId, now) });

/** Children whose guardian this is, by id, after the cursor. */
export async function listWards(db: Db, guardianId: string, now: number, { after = "", limit = 100 }: { after?: string; limit?: number } = {}): Promise<Child[]> {
  return db.select(asChild(guardianId, now)).from(guardianships)
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
  return db.select(asChild(readerId, now)).from(users)
    .where(and(eq(users.id, childId), eq(users.kind, "child"), eq(users.status, "active"), or(eq(users.id, readerId), sql`EXISTS ${isWard}`)));
}

/** Wards of the reader who share a family with the child; a statement for the caller's batch. */
export function selectSiblings(db: Db, readerId: string, now: number, childId: string) {
  const homes = db.select({ id: familyMembers.familyId }).from(familyMembers).innerJoin(families, and(eq(families.id, familyMembers.familyId), isNull(families.deletedAt)))
    .where(and(eq(familyMembers.userId, childId), eq(familyMembers.role, "student")));
  const housemates = db.select({ id: familyMembers.userId }).from(familyMembers).where(and(inArray(familyMembers.familyId, homes), eq(familyMembers.role, "student")));
  return db.select(asChild(readerId, now)).from(guardianships)
    .innerJoin(users, and(eq(users.id, guardianships.childId), eq(users.status, "active")))
    .where(and(eq(guardianships.guardianId, readerId), inForce(now), inArray(users.id, housemates), sql`${users.id} <> ${childId}`))
    .orderBy(asc(users.id));
}

/** Who looks after the child now, the primary first; a statement for the caller's batch. */
export const selectGuardiansOf = (db: Db, childId: string | SQL, now: number) =>
  db.select({
    id: guardianships.id, guardianId: guardianships.guardianId, childId: guardianships.childId, name: users.name, relationship: guardianships.relationship, isPrimary: guardianships.isPrimary,
    contactPriority: guardianships.contactPriority, canApprovePurchases: guardianships.canApprovePurchases, canScheduleLessons: guardianships.canScheduleLessons,
    canViewProgress: guardianships.canViewProgress, canTalkWithTeachers: guardianships.canTalkWithTeachers, contactAs: guardianships.contactAs, startsAt: guardianships.startsAt, endsAt: guardianships.endsAt,
    delegatedBy: guardianships.delegatedBy,
  }).from(guardianships).innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active")))
    .where(and(eq(guardianships.childId, childId), inForce(now)))
    .orderBy(desc(guardianships.isPrimary), asc(guardianships.contactPriority), asc(guardianships.id));
export type GuardianOf = Awaited<ReturnType<typeof selectGuardiansOf>>[number];

/** Six at a time: a statement takes 100 parameters at most. */
export const insertGuardianships = (db: Db, rows: (typeof guardianships.$inferInsert)[]) =>
  Array.from({ length: Math.ceil(rows.length / 6) }, (_, chunk) => db.insert(guardianships).values(rows.slice(chunk * 6, chunk * 6 + 6)));

const named = {
  guardianship: guardianships,
  guardianName: sql<string>`(SELECT name FROM users WHERE users.id = guardianships.guardian_id)`,
  childName: sql<string>`(SELECT name FROM users WHERE users.id = guardianships.child_id)`,
  lenderName: sql<string | null>`(SELECT name FROM users WHERE users.id = guardianships.delegated_by)`.as("lender_name"),
  primaryId: sql<string | null>`(SELECT p.guardian_id FROM guardianships p WHERE p.child_id = guardianships.child_id AND p.active = 1 AND p.is_primary = 1)`,
};

/** A guardianship, past ones too, of a child whose guardian the reader is now; that of somebody kept away only for the primary one. Any other is unknown. */
export const selectGuardianship = (db: Db, readerId: string, id: string, now: number) => {
  const isKeptAway = keptAway(sql`guardianships.guardian_id`, sql`guardianships.child_id`, now);
  return db.select({ ...named, isKeptAway: isKeptAway.mapWith(Boolean).as("is_kept_away") }).from(guardianships)
    .where(and(eq(guardianships.id, id), guards(readerId, sql`guardianships.child_id`, now), sql`(NOT ${isKeptAway} OR ${guards(readerId, sql`guardianships.child_id`, now, "primary")})`));
};

export async function findGuardianship(db: Db, readerId: string, id: string, now: number) {
  const [found] = await selectGuardianship(db, readerId, id, now);
  if (!found) return null;
  const { guardianship, ...names } = found;
  return { ...guardianship, ...names };
}
export type Guardianship = NonNullable<Awaited<ReturnType<typeof findGuardianship>>>;

/** Everybody who looks after one of the reader's children, or will from some day on; the primary guardian sees also who is kept away. A statement for the caller's batch. */
export const selectCoGuardians = (db: Db, readerId: string, now: number) => {
  const isKeptAway = keptAway(sql`guardianships.guardian_id`, sql`guardianships.child_id`, now);
  // By the reader's children first: asked of each guardianship in turn it would read them all.
  const wards = (more: SQL) => sql`(SELECT g.child_id FROM guardianships g WHERE g.guardian_id = ${readerId} AND g.active = 1 AND g.starts_at <= ${now} AND (g.ends_at IS NULL OR ${now} < g.ends_at)
    AND NOT ${keptAway(sql`g.guardian_id`, sql`g.child_id`, now)}${more})`;
  return db.select({ ...named, isKeptAway: isKeptAway.mapWith(Boolean) }).from(guardianships)
    .innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active")))
    .where(and(eq(guardianships.active, true), or(isNull(guardianships.endsAt), gt(guardianships.endsAt, now)), sql`guardianships.child_id IN ${wards(sql``)}`, sql`(NOT ${isKeptAway} OR guardianships.child_id IN ${wards(sql` AND g.is_primary = 1`)})`))
    .orderBy(asc(guardianships.childId), desc(guardianships.isPrimary), asc(guardianships.contactPriority), asc(guardianships.id));
};

/** Of an adult's guardianship that ran out by its date, nothing is left that could stand in the way of another. */
export const closeLapsed = (db: Db, guardianId: string, childId: string, now: number) =>
  db.update(guardianships).set({ active: false }).where(and(eq(guardianships.guardianId, guardianId), eq(guardianships.childId, childId), eq(guardianships.active, true), lte(guardianships.endsAt, now)));

/** A new guardian by the will of the primary one. Aborts its batch (NOT NULL guardianships.relationship) unless that one is still primary. */
export const insertGuardianshipBy = (db: Db, primaryId: string, { relationship, ...row }: typeof guardianships.$inferInsert, now: number) =>
  db.insert(guardianships).values({ ...row, relationship: sql`CASE WHEN ${guards(primaryId, row.childId, now, "primary")} AND NOT ${keptAway(row.guardianId, row.childId, now)} THEN ${relationship} END` });

type Seen = { id: string; childId: string; primaryId: string; now: number };

/** Aborts its batch (NOT NULL guardianships.active) when it has ended, or another is primary by then. */
export const updateGuardianship = (db: Db, { id, childId, primaryId, now }: Seen, change: Partial<typeof guardianships.$inferInsert>) =>
  db.update(guardianships).set({ ...change, active: sql`CASE WHEN active = 1 AND ${guards(primaryId, childId, now, "primary")} THEN 1 END` }).where(eq(guardianships.id, id));

/**
 * Ends a guardianship, by its holder, by who lent it, or by the primary guardian. Aborts its batch (NOT NULL guardianships.active) when it is the primary
 * one, or when the child would be left without a lasting guardian: so of two who leave at once the second stays.
 */
export const endGuardianship = (db: Db, { id, childId, now }: Omit<Seen, "primaryId">, enderId: string) =>
  db.update(guardianships).set({
    endsAt: now,
    active: sql`CASE WHEN active = 1 AND is_primary = 0 AND (guardian_id = ${enderId} OR delegated_by = ${enderId} OR ${guards(enderId, childId, now, "primary")}) AND EXISTS (
      SELECT 1 FROM guardianships o JOIN users u ON u.id = o.guardian_id AND u.status = 'active'
      WHERE o.child_id = ${childId} AND o.id <> ${id} AND o.active = 1 AND o.starts_at <= ${now} AND o.ends_at IS NULL AND o.contact_as IS NULL AND NOT ${keptAway(sql`o.guardian_id`, sql`o.child_id`, now)}) THEN 0 END`,
  }).where(eq(guardianships.id, id));

/** Moves the primary flag. Aborts its batch (NOT NULL guardianships.is_primary) when somebody else is primary by then, or the new one is no longer a lasting guardian. */
export const movePrimary = (db: Db, { id, childId, primaryId, now }: Seen) => [
  db.update(guardianships).set({ isPrimary: sql`CASE WHEN guardian_id = ${primaryId} AND id <> ${id} THEN 0 END` })
    .where(and(eq(guardianships.childId, childId), eq(guardianships.active, true), eq(guardianships.isPrimary, true))),
  db.update(guardianships).set({ isPrimary: sql`CASE WHEN active = 1 AND starts_at <= ${now} AND ends_at IS NULL AND contact_as IS NULL
    AND NOT ${keptAway(sql`guardianships.guardian_id`, childId, now)} THEN 1 END` }).where(eq(guardianships.id, id)),
];

/**
 * An adult of a family in which the reader and the child are too, and who is not kept away from it: whom the reader may make a guardian or
 * lend rights. The child by its id, or by a guardianship's. A statement for the caller's batch.
 */
export const selectAdultOfSharedFamily = (db: Db, readerId: string, child: string, adultId: string, now: number) =>
  db.select({ id: sql<string>`${users.id}`.as("adult_id") }).from(users).where(and(eq(users.id, adultId), eq(users.kind, "adult"), eq(users.status, "active"), sql`EXISTS (
    SELECT 1 FROM family_members them JOIN families f ON f.id = them.family_id AND f.deleted_at IS NULL
    JOIN family_members me ON me.family_id = them.family_id AND me.user_id = ${readerId} AND me.role = 'guardian'
    JOIN family_members child ON child.family_id = them.family_id AND child.role = 'student' AND child.user_id = coalesce((SELECT child_id FROM guardianships WHERE id = ${child}), ${child})
    WHERE them.user_id = ${adultId} AND them.role = 'guardian' AND NOT ${keptAway(adultId, sql`child.user_id`, now)})`));
