import { and, eq, isNotNull, lte, or, sql } from "drizzle-orm";
import { rows, type Db } from "./client.ts";
import { messageReports } from "./schema/conversations.ts";

export type MessageReport = typeof messageReports.$inferSelect;
export const insertReport = (db: Db, report: typeof messageReports.$inferInsert) => db.insert(messageReports).values(report);

/** Whether this person has reported that message. */
export const selectReportBy = (db: Db, { conversationId, seq, userId }: { conversationId: string; seq: number; userId: string }) =>
  db.select({ id: messageReports.id }).from(messageReports).where(and(eq(messageReports.conversationId, conversationId), eq(messageReports.seq, seq), eq(messageReports.reportedBy, userId)));

export type ReportRow = Pick<MessageReport, "id" | "conversationId" | "seq" | "schoolId" | "childId" | "authorId" | "writtenAt" | "text" | "reason" | "words" | "status" | "note" | "createdAt" | "decidedAt"> & {
  kind: string; child: string | null; author: string | null; reportedBy: string; reporter: string; decider: string | null; /** Everybody whose report of this message waits, as JSON. */ reporters: string;
};

const nameOf = (column: string) => sql`(SELECT u.name FROM users u WHERE u.id = r.${sql.raw(column)})`;
/** Never one's own messages: there it would say who reported them. */
const notBy = (moderatorId: string) => sql`r.author_id IS NOT ${moderatorId}`;
const reports = (moderatorId: string) => sql`SELECT r.id, r.conversation_id AS conversationId, r.seq, r.school_id AS schoolId, r.child_id AS childId, r.author_id AS authorId, r.written_at AS writtenAt, r.text, r.reason, r.words, r.status, r.note,
    r.created_at AS createdAt, r.decided_at AS decidedAt, c.kind, ${nameOf("child_id")} AS child, ${nameOf("author_id")} AS author, r.reported_by AS reportedBy, ${nameOf("reported_by")} AS reporter, ${nameOf("decided_by")} AS decider,
    (SELECT json_group_array(o.reported_by) FROM message_reports o WHERE o.conversation_id = r.conversation_id AND o.seq = r.seq AND (o.status = 'open' OR o.id = r.id)) AS reporters
  FROM message_reports r JOIN conversations c ON c.id = r.conversation_id WHERE ${notBy(moderatorId)}`;

export type ReportCursor = { at: number; id: string };

/** A school's reports: those that wait, the oldest first; or those decided, the last first. A statement for the caller's batch. */
export function selectReports(db: Db, moderatorId: string, schoolId: string, open: boolean, { after, limit }: { after?: ReportCursor | undefined; limit: number }) {
  const at = open ? sql`r.created_at` : sql`r.decided_at`;
  return rows<ReportRow>(db, sql`${reports(moderatorId)} AND r.school_id = ${schoolId} AND r.status ${open ? sql`= 'open'` : sql`IN ('removed', 'dismissed')`}
    ${after ? sql`AND (${at}, r.id) ${open ? sql`>` : sql`<`} (${after.at}, ${after.id})` : sql``} ORDER BY ${at} ${open ? sql`ASC, r.id ASC` : sql`DESC, r.id DESC`} LIMIT ${limit}`);
}

/** How many of some schools wait. A statement for the caller's batch. */
export const countOpenReports = (db: Db, moderatorId: string, schoolIds: string[]) =>
  rows<{ count: number }>(db, sql`SELECT count(*) AS count FROM message_reports r WHERE ${notBy(moderatorId)} AND r.status = 'open' AND r.school_id IN (SELECT w.value FROM json_each(${JSON.stringify(schoolIds)}) w)`);

export const selectReport = (db: Db, moderatorId: string, id: string) => rows<ReportRow>(db, sql`${reports(moderatorId)} AND r.id = ${id}`);

/** Decides every open report of that message. Aborts its batch (NOT NULL message_reports.status) when this one was decided by then. */
export const decideReports = (db: Db, report: Pick<ReportRow, "id" | "conversationId" | "seq">, decision: { status: "removed" | "dismissed"; note: string | null; decidedBy: string; decidedAt: number }) =>
  db.update(messageReports).set({ ...decision, status: sql`CASE WHEN status = 'open' THEN ${decision.status} END` })
    .where(and(eq(messageReports.conversationId, report.conversationId), eq(messageReports.seq, report.seq), or(eq(messageReports.id, report.id), eq(messageReports.status, "open"))));

/** The words of reports made until then. */
export const forgetReportedWords = (db: Db, until: number) => db.update(messageReports).set({ text: null }).where(and(isNotNull(messageReports.text), lte(messageReports.createdAt, until)));
