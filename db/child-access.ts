import { and, eq, sql, type SQL } from "drizzle-orm";
import type { Rights } from "#app/domain/actor.ts";
import type { Capacity, ChildAccess, ReadRule } from "#app/domain/consent/access.ts";
import type { Recipient, Setting } from "#app/domain/consent/rules.ts";
import type { Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { within } from "./within.ts";

/** Who reads, of whom, when; SQL for ids so that it serves a single child and a list alike. The instant is written out to spare parameters. */
type Look = { reader: SQL; child: SQL; now: SQL };
const lookAt = (readerId: string, child: SQL, now: number): Look => ({ reader: sql`${readerId}`, child, now: sql.raw(String(Math.trunc(now))) });

/** Is in that school now, in that role. */
const member = (user: SQL, school: SQL, role: SQL) => sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${user} AND m.school_id = ${school} AND m.role ${role} AND m.active = 1)`;
const learnsAt = (child: SQL, school: SQL) => member(child, school, sql`= 'student'`);

const restrictions = ({ reader, child, now }: Look) => sql`FROM restrictions x WHERE x.child_id = ${child} AND x.person_id = ${reader} AND ${within("x", now)}`;
const guardianship = ({ reader, child, now }: Look) => sql`FROM guardianships g WHERE g.guardian_id = ${reader} AND g.child_id = ${child} AND g.active = 1 AND ${within("g", now)}`;
const teaching = ({ reader, child, now }: Look) => sql`FROM enrolments e WHERE e.teacher_id = ${reader} AND e.student_id = ${child} AND ${within("e", now)}
  AND ${member(reader, sql`e.school_id`, sql`= 'teacher'`)} AND ${learnsAt(child, sql`e.school_id`)}`;
const tutoring = ({ reader, child, now }: Look) => sql`FROM (SELECT e.school_id FROM enrolments e WHERE e.tutor_id = ${reader} AND e.student_id = ${child} AND ${within("e", now)}
    UNION SELECT t.school_id FROM tutor_assignments t WHERE t.tutor_id = ${reader} AND t.student_id = ${child} AND ${within("t", now)}) w
  WHERE ${member(reader, sql`w.school_id`, sql`= 'tutor'`)} AND ${learnsAt(child, sql`w.school_id`)}`;
const administration = ({ reader, child }: Look) => sql`FROM memberships a WHERE a.user_id = ${reader} AND a.role IN ('school_owner', 'school_admin') AND a.active = 1 AND ${learnsAt(child, sql`a.school_id`)}`;

type Facts = { guardian: { primary: number; approve: number; schedule: number; view: number; talk: number } | null; teacher: string[]; tutor: string[]; administration: string[]; settings: (Omit<Setting, "granted"> & { granted: number })[] };

/**
 * How this reader stands to the child: capacities, restriction and the child's consents. No row: no such child. One statement for the
 * caller's batch; `accessOf` makes of its row what `policy.ts` decides by.
 */
export function selectChildAccess(db: Db, reader: { userId: string }, childId: string | SQL, now: number) {
  const look = lookAt(reader.userId, sql`users.id`, now);
  const schools = (from: SQL, column: string) => sql`(SELECT json_group_array(DISTINCT ${sql.raw(column)}.school_id) ${from})`;
  const access = sql<string>`json_object(
    'guardian', (SELECT json_object('primary', g.is_primary, 'approve', g.can_approve_purchases, 'schedule', g.can_schedule_lessons, 'view', g.can_view_progress, 'talk', g.can_talk_with_teachers) ${guardianship(look)}),
    'teacher', ${schools(teaching(look), "e")}, 'tutor', ${schools(tutoring(look), "w")}, 'administration', ${schools(administration(look), "a")},
    'settings', (SELECT json_group_array(json_object('dataType', c.data_type, 'recipient', c.recipient, 'granted', c.granted, 'until', c.until)) FROM consents c WHERE c.child_id = users.id))`;
  return db.select({
    childId: sql<string>`${users.id}`.as("access_child_id"), name: users.name, level: users.level, timeZone: users.timeZone,
    restricted: sql<boolean>`EXISTS (SELECT 1 ${restrictions(look)})`.mapWith(Boolean).as("restricted"),
    facts: access.mapWith((facts: string) => JSON.parse(facts) as Facts).as("facts"),
  }).from(users).where(and(eq(users.id, childId), eq(users.kind, "child"), eq(users.status, "active")));
}
export type ChildAccessRow = Awaited<ReturnType<typeof selectChildAccess>>[number];

/** The row of `selectChildAccess` as facts of that reader at that instant; undefined where there was none. */
export function accessOf(row: ChildAccessRow | undefined, reader: { userId: string }, now: number): ChildAccess | undefined {
  if (!row) return undefined;
  const { guardian, teacher, tutor, administration, settings } = row.facts;
  const at = (as: "teacher" | "tutor" | "school_administration", schoolIds: string[]) => schoolIds.map((schoolId) => ({ as, schoolId }));
  const capacities: Capacity[] = [
    ...(row.childId === reader.userId ? [{ as: "self" } as const] : []),
    ...(guardian ? [{ as: "guardian" as const, isPrimary: guardian.primary === 1, rights: rightsOf(guardian) }] : []),
    ...at("teacher", teacher), ...at("tutor", tutor), ...at("school_administration", administration),
  ];
  return { readerId: reader.userId, childId: row.childId, at: now, restricted: row.restricted, capacities, settings: settings.map((setting) => ({ ...setting, granted: setting.granted === 1 })) };
}

const rightsOf = (held: NonNullable<Facts["guardian"]>): Rights =>
  ({ canApprovePurchases: held.approve === 1, canScheduleLessons: held.schedule === 1, canViewProgress: held.view === 1, canTalkWithTeachers: held.talk === 1 });

const COLUMN_OF_RIGHT = { canApprovePurchases: "can_approve_purchases", canScheduleLessons: "can_schedule_lessons", canViewProgress: "can_view_progress", canTalkWithTeachers: "can_talk_with_teachers" } as const;

/** Whether a cell of the child's matrix is open, as `isOpen` says it. */
const open = ({ child, now }: Look, { dataType, openAtFirst }: ReadRule, recipient: Recipient) => sql`COALESCE((SELECT c.granted = 1 AND (c.until IS NULL OR ${now} < c.until) FROM consents c
  WHERE c.child_id = ${child} AND c.data_type = ${sql.raw(`'${dataType}'`)} AND c.recipient = ${sql.raw(`'${recipient}'`)}), ${sql.raw(openAtFirst.includes(recipient) ? "1" : "0")})`;

/** Whether the reader stands to the child in any capacity and is not kept away: enough for the roster (name, level, class, enrolments). */
export const mayKnow = (readerId: string, child: SQL, now: number) => decide(lookAt(readerId, child, now), () => sql``);

/**
 * `authorizeRead` as SQL, for lists: capacity and cell of one kind of data (its `readRule`), for the child that the expression names. All by index.
 * With `school`, the column of a row that names whose it is: a school sees only rows of its own.
 */
export const mayRead = (readerId: string, child: SQL, rule: ReadRule, now: number, school?: SQL) => {
  const look = lookAt(readerId, child, now);
  return decide(look, (recipient) => (recipient === "other_guardians" ? atHome(look, rule) : sql` AND ${open(look, rule, recipient)}`), school);
};

/**
 * The same for rows that a school wrote of a child (`row` is their alias), asked once however many they are: staff see their own school's, whomever these
 * are meant for; its home those of every school that are meant for it.
 */
export const mayReadWritten = (readerId: string, child: SQL, row: string, rule: ReadRule, now: number, meantFor: "guardians" | "everybody" = "guardians") => {
  const look = lookAt(readerId, child, now);
  const cell = (recipient: Recipient) => sql` AND ${open(look, rule, recipient)}`;
  const [school, seenBy] = [sql.raw(`${row}.school_id`), (visibilities: string) => (meantFor === "everybody" ? sql`` : sql` AND ${sql.raw(`${row}.visibility IN (${visibilities})`)}`)];
  return sql<boolean>`(NOT EXISTS (SELECT 1 ${restrictions(look)}) AND (${child} = ${readerId}${seenBy("'child'")}
    OR EXISTS (SELECT 1 ${guardianship(look)}${atHome(look, rule)})${seenBy("'guardians', 'child'")}
    OR ${school} IN (SELECT e.school_id ${teaching(look)}${cell("teachers")})
    OR ${school} IN (SELECT w.school_id ${tutoring(look)}${cell("tutors")})
    OR ${school} IN (SELECT a.school_id ${administration(look)}${cell("school_administration")})))`;
};

/** What a guardian beside the primary one needs. */
const atHome = (look: Look, rule: ReadRule) => sql` AND (g.is_primary = 1 OR (${rule.right ? sql`g.${sql.raw(COLUMN_OF_RIGHT[rule.right])} = 1 AND ` : sql``}${open(look, rule, "other_guardians")}))`;

/** The guardians of these children (one, or a list in SQL) who may read this kind of data of them: whom to tell of it. A statement for the caller's batch. */
export const selectReadersAtHome = (db: Db, children: string | SQL, rule: ReadRule, now: number) => {
  const look = { reader: sql`g.guardian_id`, child: sql`g.child_id`, now: sql.raw(String(Math.trunc(now))) };
  return db.select({ childId: sql<string>`g.child_id`.as("read_child_id"), guardianId: sql<string>`g.guardian_id`.as("reader_at_home") }).from(sql`guardianships g`)
    .where(sql`g.child_id IN (${children}) AND g.active = 1 AND ${within("g", look.now)} AND NOT EXISTS (SELECT 1 ${restrictions(look)})${atHome(look, rule)}`);
};

/** The same for a tutor alone, and what belongs to one school. */
export const mayReadAsTutor = (readerId: string, child: SQL, school: SQL, rule: ReadRule, now: number) => {
  const look = lookAt(readerId, child, now);
  return sql<boolean>`EXISTS (SELECT 1 ${tutoring(look)} AND w.school_id = ${school} AND ${open(look, rule, "tutors")})`;
};

/** That the capacity is held at the school that the row names. */
const its = (alias: string, school?: SQL) => (school ? sql` AND ${sql.raw(alias)}.school_id = ${school}` : sql``);

const decide = (look: Look, where: (recipient: Recipient) => SQL, school?: SQL) => sql<boolean>`(NOT EXISTS (SELECT 1 ${restrictions(look)}) AND (${look.child} = ${look.reader}
  OR EXISTS (SELECT 1 ${guardianship(look)}${where("other_guardians")})
  OR EXISTS (SELECT 1 ${teaching(look)}${its("e", school)}${where("teachers")})
  OR EXISTS (SELECT 1 ${tutoring(look)}${its("w", school)}${where("tutors")})
  OR EXISTS (SELECT 1 ${administration(look)}${its("a", school)}${where("school_administration")})))`;
