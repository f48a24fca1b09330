import { sql, type SQL } from "drizzle-orm";
import { rows, write, type Db, type Write } from "./client.ts";
import { places } from "./talkers.ts";

/** What a room says of itself: how many changes it has seen, its last message, and what waits for whom. */
export type RoomSummary = { conversationId: string; revision: number; lastSeq: number; lastAt: number | null; lastText: string | null; lastSenderId: string | null; seats: { userId: string; readSeq: number; unread: number }[] };

/** Writes the summary where none that is newer stands. Safe to repeat. */
export function summarise(db: Db, { conversationId, revision, lastSeq, lastAt, lastText, lastSenderId, seats }: RoomSummary): Write[] {
  return [
    write(db, "UPDATE conversations SET last_seq = ?2, last_at = ?3, last_text = ?4, last_sender_id = ?5, revision = ?6 WHERE id = ?1 AND revision <= ?6", conversationId, lastSeq, lastAt, lastText, lastSenderId, revision),
    write(db, `INSERT INTO seats (conversation_id, user_id, read_seq, unread, revision) SELECT ?1, s.value ->> 'userId', s.value ->> 'readSeq', s.value ->> 'unread', ?2 FROM json_each(?3) s WHERE EXISTS (SELECT 1 FROM conversations WHERE id = ?1)
      ON CONFLICT (user_id, conversation_id) DO UPDATE SET read_seq = excluded.read_seq, unread = excluded.unread, revision = excluded.revision WHERE excluded.revision >= seats.revision`, conversationId, revision, JSON.stringify(seats)),
  ];
}

/** How many messages wait for somebody in rooms where they still have a place, as a term of SQL. Asks of rights only where something waits. */
export const unreadOf = (user: SQL, now: number | SQL) => sql`(SELECT COALESCE(sum(s.unread), 0) FROM seats s WHERE s.user_id = ${user} AND s.unread > 0 AND EXISTS (SELECT 1 FROM ${places({ now, conversation: sql`s.conversation_id`, user })}))`;

export const countUnread = (db: Db, userId: string, now: number) => rows<{ unread: number }>(db, sql`SELECT ${unreadOf(sql`${userId}`, now)} AS unread`);
