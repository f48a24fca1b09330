import { sql, type SQL } from "drizzle-orm";
import type { Capacity, ConversationKind } from "#app/domain/chat/kinds.ts";
import { rows, type Db } from "./client.ts";
import { conversations } from "./schema/conversations.ts";
import { places } from "./talkers.ts";

/** A room that the reader may open, or that is there already. `key` names what it would be of. */
export type Opening = {
  key: string; kind: Extract<ConversationKind, "guardian_teacher" | "family">; conversationId: string | null; capacity: Capacity;
  schoolId: string | null; familyId: string | null; childId: string | null; staffId: string | null; child: string | null; staff: string | null; family: string | null; school: string | null;
};

type Opener = { userId: string; wards: { childId: string }[] };

const inForce = (now: number) => sql.raw(`starts_at <= ${Math.trunc(now)} AND (ends_at IS NULL OR ${Math.trunc(now)} < ends_at)`);

/** Who teaches or tutors whom, where the opener is either that person or looks after that child. */
function pairs({ userId, wards }: Opener, now: number): SQL {
  const near = (staff: string) => sql`(student_id IN (SELECT value FROM json_each(${JSON.stringify(wards.map(({ childId }) => childId))})) OR ${sql.raw(staff)} = ${userId}) AND ${inForce(now)}`;
  return sql`SELECT school_id, student_id, teacher_id AS staff_id FROM enrolments WHERE ${near("teacher_id")}
    UNION SELECT school_id, student_id, tutor_id FROM enrolments WHERE tutor_id IS NOT NULL AND ${near("tutor_id")}
    UNION SELECT school_id, student_id, tutor_id FROM tutor_assignments WHERE ${near("tutor_id")}`;
}

/**
 * Rooms as they would be, under the name of the table of those that are: so the one truth of who may write in a room judges also those that nobody has opened yet.
 */
const imagined = (opener: Opener, now: number) => sql`WITH conversations(id, kind, school_id, family_id, child_id, staff_id, enrolment_id, class_id, opened_by, closed_at) AS (
  SELECT 'about.' || p.student_id || '.' || p.staff_id || '.' || p.school_id, 'guardian_teacher', p.school_id, NULL, p.student_id, p.staff_id, NULL, NULL, NULL, NULL FROM (${pairs(opener, now)}) p
  UNION ALL SELECT 'family.' || family_id, 'family', NULL, family_id, NULL, NULL, NULL, NULL, NULL, NULL FROM family_members WHERE user_id = ${opener.userId})`;

const nameOf = (table: string, column: string) => sql.raw(`(SELECT n.name FROM ${table} n WHERE n.id = c.${column})`);

/** With whom somebody may talk, the family first, then by name. A statement for the caller's batch. */
export function selectOpenings(db: Db, opener: Opener, now: number, { key, q, limit }: { key?: string; q?: string | undefined; limit: number }) {
  const asked = [...(key === undefined ? [] : [sql`key = ${key}`]), ...(q ? [sql`instr(lower(coalesce(child, '') || ' ' || coalesce(staff, '') || ' ' || coalesce(family, '')), lower(${q}))`] : [])];
  return rows<Opening>(db, sql`${imagined(opener, now)} SELECT * FROM (
    SELECT c.id AS key, c.kind, places.capacity, c.school_id AS schoolId, c.family_id AS familyId, c.child_id AS childId, c.staff_id AS staffId,
      ${nameOf("users", "child_id")} AS child, ${nameOf("users", "staff_id")} AS staff, ${nameOf("families", "family_id")} AS family, ${nameOf("schools", "school_id")} AS school,
      CASE c.kind WHEN 'family' THEN (SELECT r.id FROM main.conversations r WHERE r.kind = 'family' AND r.family_id = c.family_id)
        ELSE (SELECT r.id FROM main.conversations r WHERE r.kind = 'guardian_teacher' AND r.child_id = c.child_id AND r.staff_id = c.staff_id AND r.school_id = c.school_id AND r.closed_at IS NULL) END AS conversationId
    FROM ${places({ now, user: opener.userId })} JOIN conversations c ON c.id = places.conversation_id WHERE places.writes = 1)
    ${asked.length > 0 ? sql`WHERE ${sql.join(asked, sql` AND `)}` : sql``} ORDER BY kind, child COLLATE NOCASE, staff COLLATE NOCASE, key LIMIT ${limit}`);
}

/** Breaks UNIQUE where somebody opened the same room meanwhile. */
export const insertConversation = (db: Db, row: typeof conversations.$inferInsert) => db.insert(conversations).values(row);

/** Every room in which this person may have left something. */
export const selectRoomsOf = (db: Db, userId: string) => rows<{ id: string }>(db, sql`
  SELECT conversation_id AS id FROM seats WHERE user_id = ${userId} UNION SELECT id FROM conversations WHERE child_id = ${userId} UNION SELECT id FROM conversations WHERE staff_id = ${userId} UNION SELECT id FROM conversations WHERE opened_by = ${userId}`);
