import { eq, sql } from "drizzle-orm";
import { rows, type Db } from "./client.ts";
import { conversations } from "./schema/conversations.ts";

/** Who answers at a school. */
const ANSWERERS = ["school_staff", "school_admin", "school_owner"] as const;
const ANSWERS = sql.raw(`m.role IN (${ANSWERERS.map((role) => `'${role}'`).join(", ")}) AND m.active = 1`);

/** Schools that somebody may ask: those they belong to, those where their children learn, and Kinboard's own where there is one. A statement for the caller's batch. */
export const selectSchoolsToAsk = (db: Db, userId: string, wardIds: string[], homeSchoolId: string | null) => rows<{ id: string; name: string }>(db, sql`
  SELECT s.id, s.name FROM schools s WHERE s.id = ${homeSchoolId} OR s.id IN (
    SELECT m.school_id FROM memberships m WHERE m.user_id = ${userId} AND m.active = 1
    UNION SELECT m.school_id FROM memberships m WHERE m.role = 'student' AND m.active = 1 AND m.user_id IN (SELECT w.value FROM json_each(${JSON.stringify(wardIds)}) w))
  ORDER BY s.id IS ${homeSchoolId}, s.name COLLATE NOCASE, s.id`);

export const insertTicket = (db: Db, ticket: { id: string; schoolId: string; openedBy: string; subject: string; createdAt: number }) => db.insert(conversations).values({ ...ticket, kind: "support" });

/** Null opens it again. */
export const closeTicket = (db: Db, id: string, closedAt: number | null) => db.update(conversations).set({ closedAt }).where(eq(conversations.id, id));

export type TicketRow = {
  id: string; subject: string | null; schoolId: string; school: string; openedBy: string; opener: string; createdAt: number; closedAt: number | null;
  lastAt: number; lastText: string | null; lastSeq: number; /** The last word is the opener's: the school's turn. */ waiting: number;
};

const TICKETS = sql`SELECT c.id, c.subject, c.school_id AS schoolId, s.name AS school, c.opened_by AS openedBy, u.name AS opener, c.created_at AS createdAt, c.closed_at AS closedAt,
    coalesce(c.last_at, c.created_at) AS lastAt, c.last_text AS lastText, c.last_seq AS lastSeq, coalesce(c.last_sender_id, c.opened_by) = c.opened_by AS waiting
  FROM conversations c JOIN schools s ON s.id = c.school_id JOIN users u ON u.id = c.opened_by WHERE c.kind = 'support'`;

export const selectTicket = (db: Db, id: string) => rows<TicketRow>(db, sql`${TICKETS} AND c.id = ${id}`);

export type TicketCursor = { waiting: number; at: number; id: string };
type Paged = { after?: TicketCursor | undefined; limit: number };

/** One's own, the newest first. A statement for the caller's batch. */
export const selectOwnTickets = (db: Db, userId: string, { after, limit }: Paged) =>
  rows<TicketRow>(db, sql`${TICKETS} AND c.opened_by = ${userId}${after ? sql` AND c.id < ${after.id}` : sql``} ORDER BY c.id DESC LIMIT ${limit}`);

/** A school's: open ones with those that wait for it first, the longest waiting on top; of closed ones the last. */
export function selectQueue(db: Db, schoolId: string, open: boolean, now: number, { after, limit }: Paged) {
  if (!open) return rows<TicketRow>(db, sql`${TICKETS} AND c.school_id = ${schoolId} AND c.closed_at <= ${now}${after ? sql` AND (c.closed_at, c.id) < (${after.at}, ${after.id})` : sql``} ORDER BY c.closed_at DESC, c.id DESC LIMIT ${limit}`);
  return rows<TicketRow>(db, sql`SELECT * FROM (${TICKETS} AND c.school_id = ${schoolId} AND c.closed_at IS NULL)${after ? sql` WHERE (-waiting, lastAt, id) > (${-after.waiting}, ${after.at}, ${after.id})` : sql``} ORDER BY waiting DESC, lastAt, id LIMIT ${limit}`);
}

/** Open ones of some schools that wait for their answer, the longest waiting first. A statement for the caller's batch. */
export const selectWaitingTickets = (db: Db, schoolIds: string[], limit: number) => rows<TicketRow>(db, sql`SELECT * FROM (${TICKETS} AND c.school_id IN (SELECT w.value FROM json_each(${JSON.stringify(schoolIds)}) w) AND c.closed_at IS NULL) WHERE waiting ORDER BY lastAt, id LIMIT ${limit}`);

/** Who answers there, and whether they have read or written in that room. A statement for the caller's batch. */
export const selectAnswerers = (db: Db, schoolId: string | { ofTicket: string }) => rows<{ userId: string; tookPart: number }>(db, sql`
  SELECT m.user_id AS userId, max(${typeof schoolId === "string" ? sql`0` : sql`EXISTS (SELECT 1 FROM seats t WHERE t.conversation_id = ${schoolId.ofTicket} AND t.user_id = m.user_id AND t.read_seq > 0)`}) AS tookPart
  FROM memberships m WHERE m.school_id = ${typeof schoolId === "string" ? schoolId : sql`(SELECT c.school_id FROM conversations c WHERE c.id = ${schoolId.ofTicket})`} AND ${ANSWERS} GROUP BY m.user_id`);
