import { sql, type SQL } from "drizzle-orm";
import type { Capacity, ConversationKind } from "#app/domain/chat/kinds.ts";
import { rows, type Db } from "./client.ts";

/** Whose places in which rooms: of one room (or of those that a SELECT answers), of one person, or both. `now` in SQL where the whole is part of a statement kept as text. */
type Look = { now: number | SQL; conversation?: string | SQL; user?: string | SQL };

const text = (value: number | SQL) => (typeof value === "number" ? sql.raw(String(Math.trunc(value))) : value);
const within = (alias: string, now: SQL) => sql`${sql.raw(alias)}.starts_at <= ${now} AND (${sql.raw(alias)}.ends_at IS NULL OR ${now} < ${sql.raw(alias)}.ends_at)`;
const member = (user: SQL, school: SQL, roles: string) => sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${user} AND m.school_id = ${school} AND m.role IN (${sql.raw(roles)}) AND m.active = 1)`;

/** What the staff member of a child's room does for the child goes on: else the room is closed to writing, for all in it. */
const taught = (now: SQL) => sql`(${member(sql`c.child_id`, sql`c.school_id`, "'student'")} AND CASE c.kind
  WHEN 'student_teacher' THEN EXISTS (SELECT 1 FROM enrolments e WHERE e.id = c.enrolment_id AND ${within("e", now)})
  ELSE EXISTS (SELECT 1 FROM enrolments e WHERE e.student_id = c.child_id AND e.school_id = c.school_id AND (e.tutor_id = c.staff_id OR c.kind = 'guardian_teacher' AND e.teacher_id = c.staff_id) AND ${within("e", now)})
    OR EXISTS (SELECT 1 FROM tutor_assignments a WHERE a.school_id = c.school_id AND a.tutor_id = c.staff_id AND a.student_id = c.child_id AND ${within("a", now)}) END
  AND ${member(sql`c.staff_id`, sql`c.school_id`, "'teacher', 'tutor'")})`;

/** A class hears its teacher, a school those who run it. */
const ANNOUNCES = sql`(${member(sql`c.staff_id`, sql`c.school_id`, "'school_admin', 'school_owner'")} OR EXISTS (SELECT 1 FROM classes k WHERE k.id = c.class_id AND k.teacher_id = c.staff_id AND k.active = 1) AND ${member(sql`c.staff_id`, sql`c.school_id`, "'teacher'")})`;

const CHILD_ROOMS = sql`c.kind IN ('student_teacher', 'student_tutor', 'guardian_teacher')`;
/** Guardians look on where their child talks with an adult. */
const LOOK_ON = sql`c.kind IN ('student_teacher', 'student_tutor')`;
const chatCell = (granted: 0 | 1, now: SQL) => sql`EXISTS (SELECT 1 FROM consents k WHERE k.child_id = g.child_id AND k.data_type = 'chat_content' AND k.recipient = 'other_guardians' AND ${granted ? sql`k.granted = 1 AND (k.until IS NULL OR ${now} < k.until)` : sql`(k.granted = 0 OR k.until <= ${now})`})`;

/**
 * Every place that somebody has in a room now, as rows of (conversation_id, user_id, capacity, writes, reads_from): the one truth of who may read and write,
 * asked of enrolments, guardianships, families and memberships. A person may have two places in one room. Restrictions are the caller's (`places`).
 */
function standing({ now: at, conversation, user }: Look): SQL {
  const now = text(at);
  const of = (person: string) => sql`${conversation === undefined ? sql`` : typeof conversation === "string" ? sql` AND c.id = ${conversation}` : sql` AND c.id IN (${conversation})`}${user === undefined ? sql`` : sql` AND ${sql.raw(person)} = ${user}`}`;
  const place = (person: string, capacity: Capacity, writes: SQL, readsFrom = sql`0`) => sql`SELECT c.id AS conversation_id, ${sql.raw(person)} AS user_id, ${sql.raw(`'${capacity}'`)} AS capacity, ${writes} AS writes, ${readsFrom} AS reads_from`;
  const arms = [
    sql`${place("c.child_id", "student", taught(now))} FROM conversations c WHERE ${LOOK_ON}${of("c.child_id")}`,
    sql`${place("c.staff_id", "staff", taught(now))} FROM conversations c WHERE ${CHILD_ROOMS} AND ${member(sql`c.staff_id`, sql`c.school_id`, "'teacher', 'tutor'")}${of("c.staff_id")}`,
    sql`${place("g.guardian_id", "guardian", sql`c.kind = 'guardian_teacher' AND ${taught(now)}`, sql`CASE WHEN ${chatCell(1, now)} THEN 0 ELSE g.starts_at END`)}
      FROM guardianships g JOIN conversations c ON c.child_id = g.child_id WHERE ${CHILD_ROOMS} AND g.active = 1 AND ${within("g", now)} AND (g.is_primary = 1 OR g.can_talk_with_teachers = 1 AND NOT ${chatCell(0, now)})${of("g.guardian_id")}`,
    // A family's group is for its children, and for adults who are guardians of each of them: nobody learns of a sibling here.
    sql`${place("f.user_id", "guardian", sql`1`, sql`f.joined_at`)} FROM family_members f JOIN families h ON h.id = f.family_id AND h.deleted_at IS NULL JOIN conversations c ON c.family_id = f.family_id
      WHERE c.kind = 'family' AND f.role = 'guardian' AND NOT EXISTS (SELECT 1 FROM family_members s WHERE s.family_id = f.family_id AND s.role = 'student'
        AND NOT EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = f.user_id AND g.child_id = s.user_id AND g.active = 1 AND ${within("g", now)}))${of("f.user_id")}`,
    sql`${place("f.user_id", "student", sql`1`)} FROM family_members f JOIN families h ON h.id = f.family_id AND h.deleted_at IS NULL JOIN conversations c ON c.family_id = f.family_id WHERE c.kind = 'family' AND f.role = 'student'${of("f.user_id")}`,
    // Announcements: to a class, or to the whole school; to its students and their guardians.
    sql`${place("e.student_id", "student", sql`0`)} FROM enrolments e JOIN conversations c ON c.class_id = e.class_id WHERE c.kind = 'announcement' AND ${within("e", now)} AND ${member(sql`e.student_id`, sql`c.school_id`, "'student'")}${of("e.student_id")}`,
    sql`${place("p.user_id", "student", sql`0`)} FROM memberships p JOIN conversations c ON c.school_id = p.school_id WHERE c.kind = 'announcement' AND c.class_id IS NULL AND p.role = 'student' AND p.active = 1${of("p.user_id")}`,
    sql`${place("g.guardian_id", "guardian", sql`0`)} FROM guardianships g JOIN enrolments e ON e.student_id = g.child_id JOIN conversations c ON c.class_id = e.class_id
      WHERE c.kind = 'announcement' AND g.active = 1 AND g.contact_as IS NULL AND ${within("g", now)} AND ${within("e", now)} AND ${member(sql`e.student_id`, sql`c.school_id`, "'student'")}${of("g.guardian_id")}`,
    sql`${place("g.guardian_id", "guardian", sql`0`)} FROM guardianships g JOIN memberships p ON p.user_id = g.child_id JOIN conversations c ON c.school_id = p.school_id
      WHERE c.kind = 'announcement' AND c.class_id IS NULL AND p.role = 'student' AND p.active = 1 AND g.active = 1 AND g.contact_as IS NULL AND ${within("g", now)}${of("g.guardian_id")}`,
    sql`${place("c.staff_id", "staff", ANNOUNCES)} FROM conversations c WHERE c.kind = 'announcement' AND ${member(sql`c.staff_id`, sql`c.school_id`, "'teacher', 'tutor', 'school_admin', 'school_owner'")}${of("c.staff_id")}`,
    sql`${place("c.opened_by", "opener", sql`1`)} FROM conversations c WHERE c.kind = 'support'${of("c.opened_by")}`,
    sql`${place("p.user_id", "staff", sql`1`)} FROM memberships p JOIN conversations c ON c.school_id = p.school_id WHERE c.kind = 'support' AND p.role IN ('school_staff', 'school_admin', 'school_owner') AND p.active = 1${of("p.user_id")}`,
  ];
  // D1 takes five terms in one compound at most.
  const groups = [arms.slice(0, 4), arms.slice(4, 8), arms.slice(8)].map((group) => sql`SELECT * FROM (${sql.join(group, sql` UNION ALL `)})`);
  return sql.join(groups, sql` UNION ALL `);
}

/** The places of people who are not kept away from the child, one for each person and room. As a table `places`. */
export function places(look: Look): SQL {
  const now = text(look.now);
  return sql`(SELECT t.conversation_id, t.user_id, max(t.capacity) AS capacity, max(t.writes) AND (c.closed_at IS NULL OR ${now} < c.closed_at) AS writes, min(t.reads_from) AS reads_from
    FROM (${standing(look)}) t JOIN conversations c ON c.id = t.conversation_id JOIN users u ON u.id = t.user_id AND u.status = 'active'
    WHERE NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.person_id = t.user_id AND ${within("x", now)}
      AND (x.child_id = c.child_id OR x.child_id IN (SELECT s.user_id FROM family_members s WHERE s.family_id = c.family_id AND s.role = 'student')))
    GROUP BY t.conversation_id, t.user_id) places`;
}

/** A reader's place in one room. */
export type Place = { conversationId: string; kind: ConversationKind; schoolId: string | null; childId: string | null; staffId: string | null; capacity: Capacity; writes: boolean; readsFrom: number };
type PlaceRow = Omit<Place, "writes"> & { writes: number };

/** The reader's place in that room; no row where they have none: such a room is to them as unknown. A statement for the caller's batch. */
export const selectPlace = (db: Db, userId: string, conversationId: string, now: number) => rows<PlaceRow>(db, sql`
  SELECT c.id AS conversationId, c.kind, c.school_id AS schoolId, c.child_id AS childId, c.staff_id AS staffId, places.capacity, places.writes, places.reads_from AS readsFrom
  FROM ${places({ now, conversation: conversationId, user: userId })} JOIN conversations c ON c.id = places.conversation_id`);

export const placeIn = (row: PlaceRow | undefined): Place | null => (row ? { ...row, writes: row.writes === 1 } : null);

/** Everybody with a place in the room, by name. */
export type Talker = { userId: string; name: string; avatarKey: string | null; capacity: Capacity; writes: number; readsFrom: number; /** Has pages open, and begun to at an instant of which this is the mark; 0: has none. */ listens: number };

export const selectTalkers = (db: Db, conversationId: string, now: number) => rows<Talker>(db, sql`
  SELECT places.user_id AS userId, u.name, u.avatar_key AS avatarKey, places.capacity, places.writes, places.reads_from AS readsFrom, COALESCE((SELECT l.until FROM listeners l WHERE l.user_id = places.user_id AND ${now} < l.until), 0) AS listens
  FROM ${places({ now, conversation: conversationId })} JOIN users u ON u.id = places.user_id ORDER BY u.name COLLATE NOCASE, u.id`);
