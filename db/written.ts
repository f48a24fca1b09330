import { and, desc, eq, isNull, sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import type { Competency } from "#app/domain/learning/competencies.ts";
import { mayReadWritten } from "./child-access.ts";
import { write, type Db, type Write } from "./client.ts";
import { assessments, observations, studentNotes } from "./schema/standing.ts";
import { teaches } from "./teaching.ts";

/** The three things that a teacher writes of a student. They differ in a few columns and are listed, shown, changed and taken back alike. */
const tables = { observation: observations, assessment: assessments, note: studentNotes };
export type WrittenKind = keyof typeof tables;
const names: Record<WrittenKind, string> = { observation: "observations", assessment: "assessments", note: "student_notes" };

export type Visibility = "staff" | "guardians" | "child";
export type Shown = { competency: Competency; points: number };

/** On which local date it was observed or taken; a note on the day it was written (UTC). */
const dates: Record<WrittenKind, string> = { observation: "observed_on", assessment: "taken_on", note: "date(created_at / 1000, 'unixepoch')" };
const own = (kind: WrittenKind, column: string, kinds: WrittenKind[]) => (kinds.includes(kind) ? sql.raw(column) : sql`NULL`);

const columnsOf = (kind: WrittenKind) => {
  const t = names[kind];
  const column = (name: string) => sql<string>`${sql.raw(`${t}.${name}`)}`;
  return {
    id: column("id").as("written_id"), studentId: column("student_id").as("student_id"), schoolId: column("school_id").as("written_at_school"), authorId: column("author_id").as("author_id"),
    student: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${column("student_id")})`.as("student_name"), author: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${column("author_id")})`.as("author_name"),
    subjectId: sql<string | null>`${own(kind, `${t}.subject_id`, ["observation", "assessment"])}`.as("subject_id"),
    subject: sql<string | null>`(SELECT s.name FROM subjects s WHERE s.id = ${own(kind, `${t}.subject_id`, ["observation", "assessment"])})`.as("subject_name"),
    title: sql<string | null>`${own(kind, "title", ["assessment"])}`.as("written_title"), form: sql<(typeof assessments.$inferSelect)["kind"] | null>`${own(kind, "kind", ["assessment"])}`.as("written_form"),
    points: sql<number | null>`${own(kind, "level", ["assessment"])}`.as("points"), text: sql<string>`${sql.raw(kind === "assessment" ? "comment" : "text")}`.as("written_text"),
    on: sql<string>`${sql.raw(dates[kind])}`.as("written_on"), visibility: sql<Visibility>`${sql.raw("visibility")}`.as("visibility"), createdAt: sql<number>`${sql.raw(`${t}.created_at`)}`.as("created_at"), changedAt: sql<number | null>`${sql.raw("changed_at")}`.as("changed_at"),
    competencies: sql<Shown[]>`(SELECT json_group_array(json_object('competency', c.competency, 'points', c.level)) FROM competency_evidence c WHERE c.source_id = ${column("id")})`.mapWith((text: string) => JSON.parse(text) as Shown[]).as("competencies"),
  };
};

const idOf = (kind: WrittenKind) => sql.raw(`${names[kind]}.id`);
const there = (kind: WrittenKind) => isNull(tables[kind].removedAt);

/** What this reader may see of the student, the latest first; statements for the caller's batch. */
export const selectWritten = (db: Db, kind: WrittenKind, readerId: string, studentId: string, rule: ReadRule, { before, limit }: { before?: string | undefined; limit: number }, now: number) => {
  const order = sql.raw(kind === "note" ? "created_at" : dates[kind]);
  return db.select(columnsOf(kind)).from(tables[kind]).where(and(
    eq(tables[kind].studentId, studentId), there(kind), sql`${mayReadWritten(readerId, sql`${studentId}`, names[kind], rule, now)}`,
    before === undefined ? undefined : sql`(${order}, ${idOf(kind)}) < ((SELECT ${order} FROM ${tables[kind]} b WHERE b.id = ${before}), ${before})`,
  )).orderBy(desc(order), desc(idOf(kind))).limit(limit);
};
export type WrittenRow = Awaited<ReturnType<typeof selectWritten>>[number];

/** One of them, if the reader may see it. */
export const selectOneWritten = (db: Db, kind: WrittenKind, readerId: string, id: string, rule: ReadRule, now: number) =>
  db.select({ ...columnsOf(kind), mine: sql<boolean>`${mine(kind, readerId, now)}`.mapWith(Boolean).as("mine") }).from(tables[kind])
    .where(and(eq(tables[kind].id, id), there(kind), sql`${mayReadWritten(readerId, studentIn(kind), names[kind], rule, now)}`));

/** The student of whom it is; for a statement that is about them. */
export const studentOf = (kind: WrittenKind, id: string): SQL => sql`(SELECT w.student_id FROM ${tables[kind]} w WHERE w.id = ${id})`;
const studentIn = (kind: WrittenKind) => sql.raw(`${names[kind]}.student_id`);
/** Written by that person, who still teaches the student there. */
const mine = (kind: WrittenKind, readerId: string, now: number) => sql`(${tables[kind].authorId} = ${readerId} AND ${teaches(readerId, studentIn(kind), sql.raw(`${names[kind]}.school_id`), now)})`;

export type NewWritten = { observation: typeof observations.$inferInsert; assessment: typeof assessments.$inferInsert; note: typeof studentNotes.$inferInsert };
export const insertWritten = <K extends WrittenKind>(db: Db, kind: K, row: NewWritten[K]): Write => db.insert(tables[kind]).values(row as never);
export const updateWritten = <K extends WrittenKind>(db: Db, kind: K, id: string, change: Partial<NewWritten[K]>): Write => db.update(tables[kind]).set(change as never).where(and(eq(tables[kind].id, id), there(kind)));

/** What speaks for a competency in it, anew. Whose it is, for whom and from when follows from the row itself, so that neither can say other; of one taken back nothing stays. */
export const putEvidence = (db: Db, kind: "observation" | "assessment", sourceId: string, shown: (Shown & { id: string })[]): Write[] => [
  write(db, "DELETE FROM competency_evidence WHERE source_id = ?", sourceId),
  write(db, `INSERT INTO competency_evidence (id, student_id, school_id, competency, level, source, source_id, visibility, at)
    SELECT v.value ->> 'id', w.student_id, w.school_id, v.value ->> 'competency', v.value ->> 'points', '${kind}', w.id, w.visibility, unixepoch(w.${dates[kind]}) * 1000
    FROM ${names[kind]} w, json_each(?) v WHERE w.id = ? AND w.removed_at IS NULL`, JSON.stringify(shown), sourceId),
];
