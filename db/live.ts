import { sql, type SQL } from "drizzle-orm";
import { rows, write, type Db } from "./client.ts";
import { places } from "./talkers.ts";

/** What an inbox asks for a person with open pages, all in one batch. */

const each = (ids: string[]) => sql`SELECT value FROM json_each(${JSON.stringify(ids)})`;

/** Notes that the person has a page open; `stirred` is kept for those alone. */
export const listen = (db: Db, userId: string, until: number) => write(db, "INSERT INTO listeners (user_id, until) VALUES (?1, ?2) ON CONFLICT (user_id) DO UPDATE SET until = excluded.until", userId, until);
export const listenNoMore = (db: Db, userId: string) => write(db, "DELETE FROM listeners WHERE user_id = ?1", userId);
/** Those whose inbox has not renewed them: it is gone. */
export const forgetListeners = (db: Db, now: number) => write(db, "DELETE FROM listeners WHERE until <= ?1", now);

/** Which of these sessions still hold. */
export const selectSessionsAlive = (db: Db, userId: string, sessionIds: string[], now: number) => rows<{ id: string; until: number; name: string }>(db, sql`
  SELECT s.id, s.expires_at AS until, u.name FROM sessions s JOIN users u ON u.id = s.user_id AND u.status = 'active'
  WHERE s.user_id = ${userId} AND s.kind IN ('browser', 'bearer') AND ${now} < s.expires_at AND s.id IN (${each(sessionIds)})`);

export type OwnRoom = { conversationId: string; writes: number; readsFrom: number; unread: number; revision: number };

/** The person's places in these rooms, and in those where something waits for them. */
export const selectOwnRooms = (db: Db, userId: string, asked: string[], now: number) => rows<OwnRoom>(db, sql`
  SELECT places.conversation_id AS conversationId, places.writes, places.reads_from AS readsFrom, COALESCE(s.unread, 0) AS unread, COALESCE(s.revision, 0) AS revision
  FROM ${places({ now, user: userId, conversation: sql`${each(asked)} UNION SELECT w.conversation_id FROM seats w WHERE w.user_id = ${userId} AND w.unread > 0` })}
  LEFT JOIN seats s ON s.user_id = ${userId} AND s.conversation_id = places.conversation_id`);

/** When next a right of this person begins or ends by the clock alone, with nobody writing anything. */
export const selectTurns = (db: Db, userId: string, now: number) => {
  const mine = sql`(SELECT ${userId} UNION SELECT g.child_id FROM guardianships g WHERE g.guardian_id = ${userId} AND g.active = 1)`;
  const next = (table: string, where: SQL) => sql`(SELECT min(CASE WHEN ${now} < t.starts_at THEN t.starts_at WHEN ${now} < t.ends_at THEN t.ends_at END) FROM ${sql.raw(table)} t WHERE ${where})`;
  return rows<Record<string, number | null>>(db, sql`SELECT
    ${next("guardianships", sql`t.guardian_id = ${userId} AND t.active = 1`)} AS guardianships, ${next("restrictions", sql`t.person_id = ${userId}`)} AS restrictions,
    ${next("enrolments", sql`t.student_id IN ${mine}`)} AS learning, ${next("enrolments", sql`t.teacher_id = ${userId}`)} AS teaching, ${next("enrolments", sql`t.tutor_id = ${userId}`)} AS tutoring,
    ${next("tutor_assignments", sql`t.student_id IN ${mine}`)} AS tutored, ${next("tutor_assignments", sql`t.tutor_id = ${userId}`)} AS assigned,
    (SELECT min(k.until) FROM consents k WHERE k.child_id IN ${mine} AND k.data_type = 'chat_content' AND ${now} < k.until) AS consents,
    (SELECT min(c.closed_at) FROM conversations c WHERE (c.child_id IN ${mine} OR c.staff_id = ${userId} OR c.opened_by = ${userId}) AND ${now} < c.closed_at) AS closing`);
};

/** The first of them; Infinity: none in sight. */
export const firstOf = (turns: Record<string, number | null> | undefined) => Math.min(...Object.values(turns ?? {}).filter((at) => at !== null));
