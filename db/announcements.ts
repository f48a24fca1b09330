import { sql } from "drizzle-orm";
import { rows, type Db } from "./client.ts";
import { conversations } from "./schema/conversations.ts";
import { places } from "./talkers.ts";

type Audience = { classId: string | null; schoolId: string; name: string };

/** The classes that somebody teaches and the schools that they run. A statement for the caller's batch. */
export const selectAudiences = (db: Db, userId: string) => rows<Audience>(db, sql`
  SELECT * FROM (SELECT k.id AS classId, k.school_id AS schoolId, k.name FROM classes k JOIN memberships m ON m.user_id = ${userId} AND m.school_id = k.school_id AND m.role = 'teacher' AND m.active = 1 WHERE k.teacher_id = ${userId} AND k.active = 1
  UNION SELECT NULL, s.id, s.name FROM memberships m JOIN schools s ON s.id = m.school_id WHERE m.user_id = ${userId} AND m.role IN ('school_admin', 'school_owner') AND m.active = 1) ORDER BY classId IS NULL, name COLLATE NOCASE`);

/** Where it is there already, nothing happens. */
export const insertAnnouncements = (db: Db, room: { id: string; schoolId: string; classId: string | null; staffId: string; createdAt: number }) => db.insert(conversations).values({ ...room, kind: "announcement", openedBy: room.staffId }).onConflictDoNothing();

type OwnAnnouncements = { id: string; className: string | null; school: string; lastAt: number | null; lastText: string | null };
export const selectOwnAnnouncements = (db: Db, userId: string) => rows<OwnAnnouncements>(db, sql`
  SELECT c.id, k.name AS className, s.name AS school, c.last_at AS lastAt, c.last_text AS lastText FROM conversations c JOIN schools s ON s.id = c.school_id LEFT JOIN classes k ON k.id = c.class_id
  WHERE c.staff_id = ${userId} AND c.kind = 'announcement' ORDER BY c.last_at DESC, c.id LIMIT 100`);

/** For whom a room of announcements is. A statement for the caller's batch. */
export const selectAudienceOf = (db: Db, conversationId: string) => rows<{ className: string | null; school: string }>(db, sql`
  SELECT k.name AS className, s.name AS school FROM conversations c JOIN schools s ON s.id = c.school_id LEFT JOIN classes k ON k.id = c.class_id WHERE c.id = ${conversationId}`);

/** How far those whom an announcement is for have read, and how many they are: each step once. A statement for the caller's batch. */
export const selectSeen = (db: Db, conversationId: string, now: number) => rows<{ readSeq: number; readers: number }>(db, sql`
  SELECT coalesce(t.read_seq, 0) AS readSeq, count(*) AS readers FROM ${places({ now, conversation: conversationId })} LEFT JOIN seats t ON t.conversation_id = places.conversation_id AND t.user_id = places.user_id
  WHERE places.capacity <> 'staff' GROUP BY 1`);
