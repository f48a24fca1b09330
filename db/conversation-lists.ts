import { sql, type SQL } from "drizzle-orm";
import type { Capacity, ConversationKind } from "#app/domain/chat/kinds.ts";
import { rows, type Db } from "./client.ts";
import { places } from "./talkers.ts";

/** A room as one of its readers sees it: what its title is made of, their place in it, and its last message if that is for them. */
export type RoomRow = {
  id: string; kind: ConversationKind; schoolId: string | null; childId: string | null; staffId: string | null; capacity: Capacity; writes: number; readsFrom: number;
  /** What it is about: what somebody said, else the enrolment's own name, else the subject taught. */
  about: string | null; child: string | null; staff: string | null; family: string | null; className: string | null; school: string | null; opener: string | null;
  /** When something was said last that the reader may read, else when the room opened. */
  at: number; lastText: string | null; lastSenderId: string | null; lastSender: string | null; lastSeq: number; unread: number;
};

const nameOf = (column: string) => sql`(SELECT u.name FROM users u WHERE u.id = ${sql.raw(column)})`;
const FOR_READER = sql`c.last_at >= places.reads_from`;
const told = (column: string) => sql`CASE WHEN ${FOR_READER} THEN ${sql.raw(column)} END`;

/** Rooms in which the reader has a place now, as rows of RoomRow. */
const rooms = (userId: string, now: number, conversation?: string): SQL => sql`
  SELECT c.id, c.kind, c.school_id AS schoolId, c.child_id AS childId, c.staff_id AS staffId, places.capacity, places.writes, places.reads_from AS readsFrom,
    COALESCE(c.subject, (SELECT COALESCE(e.custom_name, t.name) FROM enrolments e JOIN subjects t ON t.id = e.subject_id WHERE e.id = c.enrolment_id)) AS about,
    ${nameOf("c.child_id")} AS child, ${nameOf("c.staff_id")} AS staff, ${nameOf("c.opened_by")} AS opener,
    (SELECT f.name FROM families f WHERE f.id = c.family_id) AS family, (SELECT k.name FROM classes k WHERE k.id = c.class_id) AS className, (SELECT s.name FROM schools s WHERE s.id = c.school_id) AS school,
    COALESCE(${told("c.last_at")}, c.created_at) AS at, ${told("c.last_text")} AS lastText, ${told("c.last_sender_id")} AS lastSenderId, CASE WHEN ${FOR_READER} THEN ${nameOf("c.last_sender_id")} END AS lastSender,
    c.last_seq AS lastSeq, CASE WHEN ${FOR_READER} THEN COALESCE((SELECT s.unread FROM seats s WHERE s.user_id = ${userId} AND s.conversation_id = c.id), 0) ELSE 0 END AS unread
  FROM ${places({ now, user: userId, ...(conversation === undefined ? {} : { conversation }) })} JOIN conversations c ON c.id = places.conversation_id`;

/** One room, for who has a place in it. A statement for the caller's batch. */
export const selectRoom = (db: Db, userId: string, conversationId: string, now: number) => rows<RoomRow>(db, rooms(userId, now, conversationId));

export type RoomFilter = { childId?: string | undefined; q?: string | undefined };
type RoomCursor = { at: number; id: string };

/** Everything that a name or a subject of the room says, for search. */
const WORDS = sql`coalesce(about, '') || ' ' || coalesce(child, '') || ' ' || coalesce(staff, '') || ' ' || coalesce(family, '') || ' ' || coalesce(className, '') || ' ' || coalesce(opener, '')`;
const like = (q: string) => `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The reader's rooms, the one in which something was said last first. A statement for the caller's batch. */
export function selectRooms(db: Db, userId: string, { childId, q }: RoomFilter, { after, limit }: { after?: RoomCursor | undefined; limit: number }, now: number) {
  const asked = [
    ...(childId === undefined ? [] : [sql`childId = ${childId}`]),
    ...(q === undefined ? [] : [sql`(${WORDS}) LIKE ${like(q)} ESCAPE '\\'`]),
    ...(after === undefined ? [] : [sql`(at, id) < (${after.at}, ${after.id})`]),
  ];
  return rows<RoomRow>(db, sql`SELECT * FROM (${rooms(userId, now)}) ${asked.length > 0 ? sql`WHERE ${sql.join(asked, sql` AND `)}` : sql``} ORDER BY at DESC, id DESC LIMIT ${limit}`);
}
