import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { among } from "./bulk.ts";
import { named, type Db, type Write } from "./client.ts";
import { isNear, type Given, type Reader } from "./given-work.ts";
import { attachments } from "./schema/learning.ts";
import { jobs } from "./schema/operation.ts";

export type AttachmentRow = typeof attachments.$inferSelect;
export type AttachmentOf = AttachmentRow["of"];

/** A file's row. Aborts its batch (NOT NULL attachments.size) where the thing has its full number of them. */
export const insertAttachment = (db: Db, row: AttachmentRow, most: number): Write =>
  db.insert(attachments).values({ ...row, size: sql`CASE WHEN (SELECT count(*) FROM attachments a WHERE a.of = ${row.of} AND a.of_id = ${row.ofId}) < ${most} THEN ${row.size} END` as unknown as number });

export const deleteAttachment = (db: Db, id: string) => db.delete(attachments).where(eq(attachments.id, id));

/** What would take the bytes away again, had the act not come through. */
export const forgetJob = (db: Db, id: string) => db.delete(jobs).where(eq(jobs.id, id));

/** Statements for the caller's batch. */
export const selectAttachment = (db: Db, id: string) => db.select().from(attachments).where(eq(attachments.id, id));
export const studentOfAttachment = (id: string): SQL => sql`(SELECT a.student_id FROM attachments a WHERE a.id = ${id})`;

/** Whether the reader may open what a teacher gave with it: its author, or somebody near to a child for whom it is. */
export const selectGivenOpen = (db: Db, id: string, reader: Reader, rules: Record<Given, ReadRule>, now: number) => {
  const opens = (given: Given) => sql`EXISTS (SELECT 1 FROM ${sql.raw(given)} WHERE ${sql.raw(given)}.id = attachments.of_id AND (${sql.raw(given)}.author_id = ${reader.userId} AND ${teachesThere(given)} OR ${sql.raw(given)}.status <> 'draft' AND ${isNear(given, reader, rules[given], now)}))`;
  return db.select({ open: sql<boolean>`CASE attachments.of WHEN 'material' THEN ${opens("materials")} WHEN 'assignment' THEN ${opens("assignments")} ELSE 0 END`.mapWith(Boolean).as("given_open") }).from(attachments).where(eq(attachments.id, id));
};
const teachesThere = (given: Given) => sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${sql.raw(given)}.author_id AND m.school_id = ${sql.raw(given)}.school_id AND m.role = 'teacher' AND m.active = 1)`;

export const selectAttachments = (db: Db, of: AttachmentOf, ofIds: string[]) => selectAttachmentsOf(db, of, among(ofIds));
/** `ofIds`: ids in parentheses, or a select that finds them. */
export const selectAttachmentsOf = (db: Db, of: AttachmentOf, ofIds: SQL) =>
  db.select({ id: named(attachments.id, "attachment_id"), ofId: attachments.ofId, name: named(attachments.name, "file_name"), type: attachments.type, size: attachments.size })
    .from(attachments).where(and(eq(attachments.of, of), sql`${attachments.ofId} IN ${ofIds}`)).orderBy(asc(attachments.id)).limit(500);

/** To what somebody may add a file: a teacher to what they gave or said, a student to work that still waits. A statement for the caller's batch. */
export function selectAttachable(db: Db, of: AttachmentOf, id: string) {
  const found = {
    material: sql`SELECT school_id, NULL AS student_id, author_id AS owner_id FROM materials WHERE id = ${id}`,
    assignment: sql`SELECT school_id, NULL AS student_id, author_id AS owner_id FROM assignments WHERE id = ${id}`,
    submission: sql`SELECT school_id, student_id, student_id AS owner_id FROM submissions WHERE id = ${id} AND status = 'waiting'`,
    feedback: sql`SELECT school_id, student_id, author_id AS owner_id FROM feedback WHERE id = ${id}`,
  }[of];
  return db.select({ schoolId: sql<string>`w.school_id`.as("w_school_id"), studentId: sql<string | null>`w.student_id`.as("w_student_id"), ownerId: sql<string>`w.owner_id`.as("w_owner_id") }).from(sql`(${found}) w`);
}
