import { and, eq, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import { named, type Db, type Write } from "./client.ts";
import { recipients } from "./schema/learning.ts";
import { users } from "./schema/identity.ts";
import { inAudience, selectTaught } from "./teaching.ts";
import { within } from "./within.ts";

/** What a teacher gives to students: materials and assignments. */
export type Given = "materials" | "assignments";
export type Reader = { userId: string; wards: { childId: string }[] };

/** Children through whom somebody reads what was given to them: themselves, those in their care, those they tutor. */
export const near = ({ userId, wards }: Reader, now: number) => sql`(SELECT value FROM json_each(${JSON.stringify([userId, ...wards.map(({ childId }) => childId)])})
  UNION SELECT e.student_id FROM enrolments e WHERE e.tutor_id = ${userId} AND ${within("e", now)}
  UNION SELECT t.student_id FROM tutor_assignments t WHERE t.tutor_id = ${userId} AND ${within("t", now)})`;

/** Those of them for whom the thing (a row of the statement round it) is, and of whom the reader may read this kind of data. */
const whomNear = (given: Given, reader: Reader, rule: ReadRule, now: number) =>
  and(sql`users.id IN ${near(reader, now)}`, sql`users.status = 'active'`, sql`${inAudience(given, sql`users.id`, now)}`, sql`${mayRead(reader.userId, sql`users.id`, rule, now)}`);

export const isNear = (given: Given, reader: Reader, rule: ReadRule, now: number) => sql`EXISTS (SELECT 1 FROM users WHERE ${whomNear(given, reader, rule, now)})`;

/** The same children by name, for one thing; a statement for the caller's batch. */
export const selectNear = (db: Db, given: Given, thingId: string, reader: Reader, rule: ReadRule, now: number) =>
  db.select({ id: named(users.id, "near_id"), name: named(users.name, "near_name") }).from(users)
    .innerJoin(sql.raw(given), sql`${sql.raw(given)}.id = ${thingId} AND ${sql.raw(given)}.status <> 'draft'`).where(whomNear(given, reader, rule, now)).orderBy(users.name).limit(50);

/** Subject and author of everything that could be for the student, for its index. */
export const givenTo = (given: Given, studentId: string, now: number) => {
  const thing = sql.raw(given);
  return sql`(${thing}.subject_id, ${thing}.author_id) IN (SELECT e.subject_id, e.teacher_id FROM enrolments e WHERE e.student_id = ${studentId}) AND ${inAudience(given, sql`${studentId}`, now)}`;
};

/** The students named. A statement for the caller's batch. */
const selectRecipients = (db: Db, thingId: string) => db.select({ studentId: named(recipients.studentId, "named_id") }).from(recipients).where(eq(recipients.thingId, thingId)).limit(500);

/** For its author, whom they teach its subject, and whom it names. Statements for the caller's batch. */
export const selectAuthorsChoice = (db: Db, given: Given, thingId: string, authorId: string, now: number) =>
  [selectTaught(db, authorId, { subjectId: sql`(SELECT t.subject_id FROM ${sql.raw(given)} t WHERE t.id = ${thingId} AND t.author_id = ${authorId})` }, now), selectRecipients(db, thingId)] as const;

export const insertRecipients = (db: Db, thingId: string, studentIds: string[]) =>
  db.insert(recipients).select(sql`SELECT ${thingId}, value FROM json_each(${JSON.stringify(studentIds)}) WHERE true`);

/** Others instead of those who were named. */
export const replaceRecipients = (db: Db, thingId: string, studentIds: string[]): Write[] =>
  [db.delete(recipients).where(eq(recipients.thingId, thingId)), ...(studentIds.length > 0 ? [insertRecipients(db, thingId, studentIds)] : [])];
