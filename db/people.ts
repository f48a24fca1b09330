import { and, asc, desc, eq, gt, isNull, lt, ne, or, sql, type AnyColumn, type SQL } from "drizzle-orm";
import type { Role } from "#app/domain/actor.ts";
import type { Kind } from "#app/domain/schools/roles.ts";
import { among } from "./bulk.ts";
import { named, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { enrolments, memberships, schoolPeople, schoolPeopleWords, staffProfiles, studentProfiles, subjects } from "./schema/schools.ts";

export type PeopleQuery = {
  kind: Kind;
  active: boolean;
  role?: Role | undefined;
  level?: string | undefined;
  sort: "name" | "newest";
  /** Beginnings of words, as `searchTerms` makes them; all must be found. They take the place of the order: by the word found. */
  terms: string[];
  /** The last person of the page before. */
  cursor?: string | undefined;
  limit: number;
  /** Children from whom the reader is kept away. */
  without: string[];
};

type Listed = typeof schoolPeople | typeof schoolPeopleWords;
const shown = (list: Listed) => ({
  userId: named(users.id, "user_id"), name: users.name, username: users.username, email: sql<string | null>`CASE ${users.kind} WHEN 'adult' THEN ${users.email} END`.as("email"), level: users.level,
  active: named(list.active, "active"),
  roles: sql<Role[]>`(SELECT json_group_array(m.role ORDER BY m.created_at) FROM memberships m WHERE m.user_id = ${users.id} AND m.school_id = ${list.schoolId})`.mapWith((roles: string) => JSON.parse(roles) as Role[]).as("roles"),
});

const inList = (list: Listed, schoolId: string, { kind, active, role, without }: PeopleQuery) => [
  eq(list.schoolId, schoolId), eq(list.kind, kind), eq(list.active, active),
  role === undefined ? undefined : sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${list.userId} AND m.school_id = ${schoolId} AND m.role = ${role})`,
  without.length === 0 ? undefined : sql`${list.userId} NOT IN ${among(without)}`,
];

/** One list of a school's people, a page of it; a statement for the caller's batch. What is read does not grow with the school. */
export const selectPeople = (db: Db, schoolId: string, query: PeopleQuery) => (query.terms.length > 0 ? byWord(db, schoolId, query) : byPlace(db, schoolId, query));
export type PersonRow = Awaited<ReturnType<typeof byPlace>>[number];

function byPlace(db: Db, schoolId: string, query: PeopleQuery) {
  const { level, sort, cursor, limit } = query;
  const { sortName, userId } = schoolPeople;
  const place = sql`(SELECT c.sort_name FROM school_people c WHERE c.school_id = ${schoolId} AND c.user_id = ${cursor} AND c.kind = ${query.kind})`;
  const after = cursor === undefined ? undefined : sort === "newest" ? lt(userId, cursor) : sql`(${sortName}, ${userId}) > (${place}, ${cursor})`;
  return db.select(shown(schoolPeople)).from(schoolPeople).innerJoin(users, eq(users.id, userId))
    .where(and(...inList(schoolPeople, schoolId, query), level === undefined ? undefined : eq(schoolPeople.level, level), after))
    .orderBy(...(sort === "newest" ? [desc(userId)] : [asc(sortName), asc(userId)])).limit(limit);
}

const begins = (word: SQL, term: string) => sql`${word} >= ${term} AND ${word} < ${`${term}\u{10ffff}`}`;

function byWord(db: Db, schoolId: string, query: PeopleQuery) {
  const { level, cursor, limit } = query;
  const { word, userId } = schoolPeopleWords;
  // The longest beginning is shared by the fewest.
  const [term = "", ...others] = query.terms.toSorted((a, b) => b.length - a.length);
  const wordsOf = (person: SQL) => sql`SELECT 1 FROM school_people_words x WHERE x.school_id = ${schoolId} AND x.user_id = ${person} AND x.kind = ${query.kind}`;
  const place = sql`(SELECT min(c.word) FROM school_people_words c WHERE c.school_id = ${schoolId} AND c.user_id = ${cursor} AND c.kind = ${query.kind} AND ${begins(sql`c.word`, term)})`;
  return db.select(shown(schoolPeopleWords)).from(schoolPeopleWords).innerJoin(users, eq(users.id, userId))
    .where(and(
      ...inList(schoolPeopleWords, schoolId, query), begins(sql`${word}`, term),
      // Somebody of whom two words begin so is found once, by the first.
      sql`NOT EXISTS (${wordsOf(sql`${userId}`)} AND x.word >= ${term} AND x.word < ${word})`,
      ...others.map((other) => sql`EXISTS (${wordsOf(sql`${userId}`)} AND ${begins(sql`x.word`, other)})`),
      level === undefined ? undefined : eq(users.level, level),
      cursor === undefined ? undefined : sql`(${word}, ${userId}) > (${place}, ${cursor})`,
    )).orderBy(asc(word), asc(userId)).limit(limit);
}

/** How many there are, counted no further than `most`; a statement for the caller's batch. */
export const selectHeadcount = (db: Db, schoolId: string, kind: Kind, most: number) =>
  db.select({ count: sql<number>`count(*)`.as("count") }).from(
    db.select({ userId: schoolPeople.userId }).from(schoolPeople).where(and(eq(schoolPeople.schoolId, schoolId), eq(schoolPeople.kind, kind), eq(schoolPeople.active, true), gt(schoolPeople.userId, ""))).limit(most).as("people"),
  );

/**
 * Whether the school answers for the account: it made it, and nobody else has a part in the person by now: no other school, and no child who
 * is not its student. Only then may it change names, addresses and sign-in.
 */
const managedBy = (schoolId: string) => sql<boolean>`(${users.homeSchoolId} IS ${schoolId}
  AND NOT EXISTS (SELECT 1 FROM memberships e WHERE e.user_id = ${users.id} AND e.school_id <> ${schoolId} AND e.active = 1)
  AND NOT EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = ${users.id} AND g.active = 1
    AND NOT EXISTS (SELECT 1 FROM memberships s WHERE s.user_id = g.child_id AND s.school_id = ${schoolId} AND s.role = 'student')))`.mapWith(Boolean);

/** Somebody of the school, active there or not, with what it keeps of them. No row: unknown, here or anywhere. A statement for the caller's batch. */
export const selectPerson = (db: Db, schoolId: string, userId: string) =>
  db.select({
    userId: named(users.id, "user_id"), kind: users.kind, name: users.name, email: users.email, username: users.username, phone: users.phone, birthDate: users.birthDate, level: users.level, status: users.status, createdAt: users.createdAt, avatarKey: users.avatarKey,
    managed: managedBy(schoolId).as("managed"),
    roles: sql<{ role: Role; active: number }[]>`(SELECT json_group_array(json_object('role', m.role, 'active', m.active) ORDER BY m.created_at) FROM memberships m WHERE m.user_id = ${users.id} AND m.school_id = ${schoolId})`.mapWith((roles: string) => JSON.parse(roles) as { role: Role; active: number }[]).as("roles"),
    number: studentProfiles.number, goal: studentProfiles.goal,
    specialisation: staffProfiles.specialisation, subjectIds: staffProfiles.subjectIds,
  }).from(users)
    .leftJoin(studentProfiles, and(eq(studentProfiles.studentId, users.id), eq(studentProfiles.schoolId, schoolId)))
    .leftJoin(staffProfiles, and(eq(staffProfiles.staffId, users.id), eq(staffProfiles.schoolId, schoolId)))
    .where(and(eq(users.id, userId), ne(users.status, "erased"), sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${users.id} AND m.school_id = ${schoolId})`));
export type PersonOfSchool = Awaited<ReturnType<typeof selectPerson>>[number];

/** Changes an account that the school answers for. Aborts its batch (NOT NULL users.name) when it no longer does. */
export const updateManaged = (db: Db, schoolId: string, userId: string, change: Partial<typeof users.$inferInsert>) =>
  db.update(users).set({ ...change, name: sql`CASE WHEN ${managedBy(schoolId)} THEN ${change.name ?? sql`name`} END` }).where(eq(users.id, userId));

/** The level is the school's own to say, of its students. */
export const updateLevel = (db: Db, userId: string, level: string | null) => db.update(users).set({ level }).where(eq(users.id, userId));

const nameOf = (userId: AnyColumn) => sql<string | null>`(SELECT n.name FROM users n WHERE n.id = ${userId})`;

/** What somebody learns or teaches at the school now; a statement for the caller's batch. */
export const selectEnrolmentsOf = (db: Db, schoolId: string, userId: string, now: number, limit: number) =>
  db.select({
    id: named(enrolments.id, "enrolment_id"), subject: sql<string>`coalesce(${enrolments.customName}, ${subjects.name})`.as("subject"), studentId: enrolments.studentId,
    student: nameOf(enrolments.studentId).as("student"), teacher: nameOf(enrolments.teacherId).as("teacher"), tutor: nameOf(enrolments.tutorId).as("tutor"),
  }).from(enrolments).innerJoin(subjects, eq(subjects.id, enrolments.subjectId))
    .where(and(eq(enrolments.schoolId, schoolId), or(eq(enrolments.studentId, userId), eq(enrolments.teacherId, userId), eq(enrolments.tutorId, userId)), or(isNull(enrolments.endsAt), gt(enrolments.endsAt, now))))
    .orderBy(asc(enrolments.id)).limit(limit);

export const selectSubjects = (db: Db, schoolId: string) =>
  db.select({ id: named(subjects.id, "subject_id"), name: named(subjects.name, "subject_name") }).from(subjects).where(and(eq(subjects.schoolId, schoolId), eq(subjects.active, true))).orderBy(asc(subjects.name)).limit(100);

/** The staff of one role, to choose from; a statement for the caller's batch. */
export const selectStaff = (db: Db, schoolId: string, role: Role, limit: number) =>
  db.select({ id: named(users.id, "staff_id"), name: named(users.name, "staff_name") }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.role, role), eq(memberships.active, true))).orderBy(asc(users.name)).limit(limit);
