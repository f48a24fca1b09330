import { and, asc, desc, eq, sql, type SQL } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { guardianships, restrictedAttempts, restrictions } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { memberships } from "./schema/schools.ts";

type Id = string | SQL;

/** Whether that person is kept away from the child at this instant; written out to be safe inside any statement. */
export const keptAway = (personId: Id, childId: Id, now: number) => sql`EXISTS (SELECT 1 FROM restrictions x
  WHERE x.person_id = ${personId} AND x.child_id = ${childId} AND x.starts_at <= ${now} AND (x.ends_at IS NULL OR ${now} < x.ends_at))`;

/**
 * Whether a family is hidden from that person: a child from whom they are kept away lives in it with another guardian of the child.
 * Their own home, where nobody else looks after the child, stays theirs. Begins at the person's restrictions, which hardly anybody has.
 */
export const hiddenFrom = (personId: Id, familyId: Id, now: number) => sql`EXISTS (SELECT 1 FROM restrictions x
  CROSS JOIN family_members lives ON lives.family_id = ${familyId} AND lives.user_id = x.child_id AND lives.role = 'student'
  CROSS JOIN family_members other ON other.family_id = lives.family_id AND other.role = 'guardian' AND other.user_id <> x.person_id
  JOIN guardianships og ON og.guardian_id = other.user_id AND og.child_id = x.child_id AND og.active = 1 AND og.starts_at <= ${now} AND (og.ends_at IS NULL OR ${now} < og.ends_at)
  WHERE x.person_id = ${personId} AND x.starts_at <= ${now} AND (x.ends_at IS NULL OR ${now} < x.ends_at))`;

/** A guardian who stays: with rights for good, and kept away neither now nor later. `g` is a guardianship. */
const lasting = (now: number) => sql`g.active = 1 AND g.starts_at <= ${now} AND g.ends_at IS NULL AND g.contact_as IS NULL
  AND EXISTS (SELECT 1 FROM users u WHERE u.id = g.guardian_id AND u.status = 'active')
  AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.person_id = g.guardian_id AND x.child_id = g.child_id AND (x.ends_at IS NULL OR ${now} < x.ends_at))`;

/** Aborts its batch (NOT NULL restrictions.reason) when the child would be left without a lasting guardian: so of two restrictions at once the second is refused. */
export const insertRestriction = (db: Db, { reason, ...row }: typeof restrictions.$inferInsert, now: number) =>
  db.insert(restrictions).values({
    ...row,
    reason: sql`CASE WHEN NOT EXISTS (SELECT 1 FROM guardianships w WHERE w.guardian_id = ${row.personId} AND w.child_id = ${row.childId} AND w.active = 1 AND (w.ends_at IS NULL OR ${now} < w.ends_at))
      OR EXISTS (SELECT 1 FROM guardianships g WHERE g.child_id = ${row.childId} AND g.guardian_id <> ${row.personId} AND ${lasting(now)}) THEN ${reason} END`,
  });

/** Hands being the primary guardian over, from somebody who is kept away from now on to the next who stays. For the batch of the restriction, after it. */
export const passPrimaryOn = (db: Db, childId: string, fromId: string, now: number) => {
  const next = sql`(SELECT g.id FROM guardianships g WHERE g.child_id = ${childId} AND g.guardian_id <> ${fromId} AND ${lasting(now)} ORDER BY g.contact_priority, g.id LIMIT 1)`;
  const held = and(eq(guardianships.childId, childId), eq(guardianships.active, true));
  return [
    // Both in one statement would break the index of one primary half-way.
    db.update(guardianships).set({ isPrimary: false }).where(and(held, eq(guardianships.guardianId, fromId), eq(guardianships.isPrimary, true))),
    db.update(guardianships).set({ isPrimary: true }).where(and(held, sql`guardianships.id = ${next}`, sql`NOT EXISTS (SELECT 1 FROM guardianships p WHERE p.child_id = ${childId} AND p.active = 1 AND p.is_primary = 1)`)),
  ];
};

/** Lifts a restriction. Aborts its batch (NOT NULL restrictions.starts_at) when it is over by then. */
export const liftRestriction = (db: Db, id: string, lifterId: string, now: number) =>
  db.update(restrictions).set({ endsAt: now, liftedBy: lifterId, startsAt: sql`CASE WHEN ends_at IS NULL OR ${now} < ends_at THEN min(starts_at, ${now}) END` }).where(eq(restrictions.id, id));

/** A child who learns at one of these schools, and at which; a statement for the caller's batch. */
export const selectPupil = (db: Db, childId: string, schoolIds: string[]) =>
  db.select({ id: users.id, name: users.name, level: users.level, schoolId: memberships.schoolId })
    .from(users).innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.role, "student"), eq(memberships.active, true), sql`${memberships.schoolId} IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)}))`))
    .where(and(eq(users.id, childId), eq(users.kind, "child"), eq(users.status, "active"))).orderBy(asc(memberships.schoolId)).limit(1);

/** What these schools have set for the child, newest first; a statement for the caller's batch. */
export const selectRestrictions = (db: Db, childId: string, schoolIds: string[]) =>
  db.select({ restriction: restrictions, personName: named(users.name, "person_name"), setByName: sql<string>`(SELECT s.name FROM users s WHERE s.id = ${restrictions.setBy})`.as("set_by_name") })
    .from(restrictions).innerJoin(users, eq(users.id, restrictions.personId))
    .where(and(eq(restrictions.childId, childId), sql`${restrictions.schoolId} IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)}))`))
    .orderBy(desc(restrictions.id)).limit(50);

/** The child's guardians, adults of its families and staff of the school, one of whom the restriction may concern; `relation` says how they stand to the child. */
export const selectConcerned = (db: Db, childId: string, schoolIds: string[], now: number, personId?: string) => {
  const isGuardian = sql<boolean>`EXISTS (SELECT 1 FROM guardianships g WHERE g.child_id = ${childId} AND g.guardian_id = users.id AND g.active = 1 AND (g.ends_at IS NULL OR ${now} < g.ends_at))`;
  return db.select({
    id: users.id, name: users.name, isGuardian: isGuardian.mapWith(Boolean).as("is_guardian"),
    isPrimary: sql<boolean>`EXISTS (SELECT 1 FROM guardianships g WHERE g.child_id = ${childId} AND g.guardian_id = users.id AND g.active = 1 AND g.is_primary = 1)`.mapWith(Boolean).as("is_primary"),
  }).from(users).where(and(
    eq(users.kind, "adult"), eq(users.status, "active"), personId === undefined ? undefined : eq(users.id, personId),
    sql`users.id IN (SELECT g.guardian_id FROM guardianships g WHERE g.child_id = ${childId}
      UNION SELECT o.user_id FROM family_members s JOIN family_members o ON o.family_id = s.family_id AND o.role = 'guardian' JOIN families f ON f.id = s.family_id AND f.deleted_at IS NULL WHERE s.user_id = ${childId}
      UNION SELECT m.user_id FROM memberships m WHERE m.school_id IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)})) AND m.active = 1 AND m.role IN ('school_owner', 'school_admin', 'teacher', 'tutor', 'school_staff'))`,
  )).orderBy(sql`is_guardian DESC`, asc(users.name), asc(users.id)).limit(200);
};

/** Attempts on the child by those whom these schools keep away, the latest first; a statement for the caller's batch. */
export const selectAttempts = (db: Db, childId: string, schoolIds: string[]) =>
  db.select({ attempt: restrictedAttempts, personName: named(users.name, "person_name") }).from(restrictedAttempts).innerJoin(users, eq(users.id, restrictedAttempts.personId))
    .where(and(eq(restrictedAttempts.childId, childId), sql`EXISTS (SELECT 1 FROM restrictions x WHERE x.child_id = ${restrictedAttempts.childId} AND x.person_id = ${restrictedAttempts.personId}
      AND x.school_id IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)})))`))
    .orderBy(desc(restrictedAttempts.lastAt)).limit(50);

/** Counts an attempt into its hour; the row comes back with the hour's count. */
export const countAttempt = (db: Db, attempt: typeof restrictedAttempts.$inferInsert) =>
  db.insert(restrictedAttempts).values(attempt).onConflictDoUpdate({
    target: [restrictedAttempts.childId, restrictedAttempts.personId, restrictedAttempts.hourStartsAt],
    set: { count: sql`${restrictedAttempts.count} + 1`, lastPath: attempt.lastPath, lastAt: attempt.lastAt, address: attempt.address ?? null },
  }).returning();

/** Of these children, those whom one of the ids names: themselves, or by something of theirs. */
export async function listChildrenNamed(db: Db, ids: string[], childIds: string[]): Promise<string[]> {
  const named = sql`IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const rows = await db.all<{ id: string }>(sql`SELECT c.value AS id FROM json_each(${JSON.stringify(childIds)}) c WHERE c.value ${named}
    OR EXISTS (SELECT 1 FROM purchase_requests r WHERE r.id ${named} AND r.student_id = c.value) OR EXISTS (SELECT 1 FROM payments p WHERE p.id ${named} AND p.student_id = c.value)
    OR EXISTS (SELECT 1 FROM guardianships g WHERE g.id ${named} AND g.child_id = c.value) OR EXISTS (SELECT 1 FROM enrolments e WHERE e.id ${named} AND e.student_id = c.value)
    OR EXISTS (SELECT 1 FROM family_members m WHERE m.family_id ${named} AND m.user_id = c.value AND m.role = 'student')`);
  return rows.map((row) => row.id);
}

/** Who hears of an attempt: the administrators of the schools that set the restriction, and the primary guardian. With the names to tell it by. */
export const listToldOfAttempt = (db: Db, childId: string, personId: string, now: number) =>
  db.select({
    id: users.id,
    isGuardian: sql<boolean>`users.id = (SELECT g.guardian_id FROM guardianships g WHERE g.child_id = ${childId} AND g.active = 1 AND g.is_primary = 1)`.mapWith(Boolean).as("is_guardian"),
    childName: sql<string>`(SELECT c.name FROM users c WHERE c.id = ${childId})`.as("child_name"),
    personName: sql<string>`(SELECT p.name FROM users p WHERE p.id = ${personId})`.as("person_name"),
  }).from(users).where(and(eq(users.status, "active"), sql`users.id <> ${personId}`, sql`NOT ${keptAway(sql`users.id`, childId, now)}`, sql`users.id IN (
    SELECT m.user_id FROM restrictions x JOIN memberships m ON m.school_id = x.school_id AND m.active = 1 AND m.role IN ('school_owner', 'school_admin')
      WHERE x.child_id = ${childId} AND x.person_id = ${personId} AND x.starts_at <= ${now} AND (x.ends_at IS NULL OR ${now} < x.ends_at)
    UNION SELECT g.guardian_id FROM guardianships g WHERE g.child_id = ${childId} AND g.active = 1 AND g.is_primary = 1)`));
