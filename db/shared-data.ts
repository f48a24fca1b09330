import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";
import { accessLog } from "./schema/consent.ts";
import { auditEvents } from "./schema/operation.ts";
import { within } from "./within.ts";

/** Who stands to the child in a school's capacity now, by name; begun at the child, so that no school's size matters. A statement for the caller's batch. */
export function selectSchoolReaders(db: Db, childId: string, now: number) {
  const readers = sql`(SELECT e.teacher_id AS user_id, 'teacher' AS capacity, e.school_id FROM enrolments e WHERE e.student_id = ${childId} AND ${within("e", now)}
    UNION SELECT e.tutor_id, 'tutor', e.school_id FROM enrolments e WHERE e.student_id = ${childId} AND e.tutor_id IS NOT NULL AND ${within("e", now)}
    UNION SELECT t.tutor_id, 'tutor', t.school_id FROM tutor_assignments t WHERE t.student_id = ${childId} AND ${within("t", now)}
    UNION SELECT a.user_id, 'school_administration', a.school_id FROM memberships l JOIN memberships a ON a.school_id = l.school_id AND a.role IN ('school_owner', 'school_admin') WHERE l.user_id = ${childId} AND l.role = 'student' AND l.active = 1)`;
  return db.select({
    userId: sql<string>`w.user_id`.as("reader_id"), capacity: sql<"teacher" | "tutor" | "school_administration">`w.capacity`.as("capacity"), schoolId: sql<string>`w.school_id`.as("reader_school_id"),
    name: sql<string>`u.name`.as("reader_name"), school: sql<string>`s.name`.as("reader_school"),
  }).from(sql`${readers} w JOIN users u ON u.id = w.user_id AND u.status = 'active' JOIN schools s ON s.id = w.school_id`)
    .where(sql`EXISTS (SELECT 1 FROM memberships l WHERE l.user_id = ${childId} AND l.school_id = w.school_id AND l.role = 'student' AND l.active = 1)
      AND EXISTS (SELECT 1 FROM memberships h WHERE h.user_id = w.user_id AND h.school_id = w.school_id AND h.active = 1 AND (h.role = w.capacity OR (w.capacity = 'school_administration' AND h.role IN ('school_owner', 'school_admin'))))
      AND NOT ${keptAway(sql`w.user_id`, childId, now)}`)
    .orderBy(sql`w.capacity DESC, u.name`).limit(100);
}

type LookCursor = { lastAt: number; rest: string };
const rest = sql<string>`(access_log.viewer_id || ' ' || access_log.data_type || ' ' || access_log.capacity)`;

/** Who looked at what of the child, the latest first; a statement for the caller's batch. */
export const selectLooks = (db: Db, childId: string, { before, limit }: { before?: LookCursor | undefined; limit: number }) =>
  db.select({
    viewerId: accessLog.viewerId, dataType: accessLog.dataType, capacity: accessLog.capacity, hourStartsAt: accessLog.hourStartsAt, count: accessLog.count, lastAt: accessLog.lastAt, rest: rest.as("rest"),
    viewer: sql<string | null>`(SELECT u.name FROM users u WHERE u.id = ${accessLog.viewerId})`.as("viewer"), school: sql<string | null>`(SELECT s.name FROM schools s WHERE s.id = ${accessLog.schoolId})`.as("looked_for_school"),
  }).from(accessLog).where(and(eq(accessLog.childId, childId), before && sql`(access_log.last_at, ${rest}) < (${before.lastAt}, ${before.rest})`)).orderBy(desc(accessLog.lastAt), desc(rest)).limit(limit);

/** What was done to the child's consents, the latest first; a statement for the caller's batch. */
export const selectConsentEvents = (db: Db, childId: string, { before, limit }: { before?: string | undefined; limit: number }) =>
  db.select({
    id: auditEvents.id, at: auditEvents.at, action: auditEvents.action, actorId: auditEvents.actorId, details: auditEvents.details, address: auditEvents.address, userAgent: auditEvents.userAgent,
    actor: sql<string | null>`(SELECT u.name FROM users u WHERE u.id = ${auditEvents.actorId})`.as("actor_name"),
  }).from(auditEvents).where(and(eq(auditEvents.childId, childId), sql`${auditEvents.action} >= 'consent.' AND ${auditEvents.action} < 'consent/'`, before === undefined ? undefined : sql`${auditEvents.id} < ${before}`))
    .orderBy(desc(auditEvents.id)).limit(limit);
