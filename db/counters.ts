import { sql } from "drizzle-orm";
import type { Counters } from "#app/domain/chat/protocol.ts";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { maySettle } from "./consents.ts";
import { mayRead } from "./child-access.ts";
import { rows, type Db } from "./client.ts";
import { unreadOf } from "./conversations.ts";
import { meantFor } from "./teaching.ts";
import { within } from "./within.ts";

/** Counted in text too, where every request asks who it is from (db/identity.ts). `user` and `now` are SQL. */
const guards = (user: string, now: string) => `g.guardian_id = ${user} AND g.active = 1 AND g.starts_at <= ${now} AND (g.ends_at IS NULL OR ${now} < g.ends_at)`;
const kept = (user: string, now: string, child: string) => `EXISTS (SELECT 1 FROM restrictions x WHERE x.child_id = ${child} AND x.person_id = ${user} AND x.starts_at <= ${now} AND (x.ends_at IS NULL OR ${now} < x.ends_at))`;
const waiting = (table: string, right: string, user: string, now: string) => `(SELECT count(*) FROM guardianships g JOIN ${table} r ON r.student_id = g.child_id AND r.status = 'pending' AND ${now} < r.expires_at
    WHERE ${guards(user, now)} AND g.${right} = 1 AND NOT ${kept(user, now, "g.child_id")})`;

/** Purchases and lessons of their children that wait for their decision. */
export const approvalsOf = (user: string, now: string) => `(${waiting("purchase_requests", "can_approve_purchases", user, now)} + ${waiting("bookings", "can_schedule_lessons", user, now)})`;
/** Notifications not yet read; `of`: of some types only, by how they begin. */
export const alertsOf = (user: string, now: string, of = "") => `(SELECT count(*) FROM notifications n WHERE n.user_id = ${user} AND n.read_at IS NULL${of === "" ? "" : ` AND n.type GLOB '${of}*'`} AND NOT ${kept(user, now, "n.child_id")})`;

/** Work is near from two days before it is due until a week after, as on the guardian's home. */
const [SOON, OVERDUE] = [2 * 86_400_000, 7 * 86_400_000];

/** All that waits for a person but messages, of which the inbox knows more: from the truth, in one statement for the caller's batch. */
export function selectCounters(db: Db, userId: string, assessments: ReadRule, now: number) {
  const [user, at] = [sql`${userId}`, String(Math.trunc(now))];
  const ofUser = (text: (user: string, now: string) => string) => sql.raw(text("u.id", at));
  return rows<Counters>(db, sql`SELECT ${unreadOf(user, now)} AS messages, ${ofUser(alertsOf)} AS alerts, ${ofUser(approvalsOf)} AS approvals,
    (SELECT count(*) FROM guardianships g JOIN consent_proposals p ON p.child_id = g.child_id AND p.status = 'pending' AND ${now} < p.expires_at AND p.proposed_by <> u.id WHERE g.guardian_id = u.id AND g.active = 1 AND ${maySettle(userId, sql`g.child_id`, now)}) AS consents,
    (SELECT count(DISTINCT a.id || ' ' || c.child_id) FROM (SELECT ${user} AS child_id UNION SELECT g.child_id FROM guardianships g WHERE g.guardian_id = ${user} AND g.active = 1) c
      CROSS JOIN enrolments e ON e.student_id = c.child_id AND ${within("e", now)} CROSS JOIN assignments a ON a.subject_id = e.subject_id AND a.author_id = e.teacher_id AND a.status = 'open' AND a.due_at >= ${now - OVERDUE} AND a.due_at < ${now + SOON}
      WHERE ${meantFor("a")} AND ${mayRead(userId, sql`c.child_id`, assessments, now)} AND NOT EXISTS (SELECT 1 FROM submissions d WHERE d.assignment_id = a.id AND d.student_id = c.child_id AND d.status <> 'returned')) AS deadlines,
    ${ofUser((id, moment) => alertsOf(id, moment, "achievement."))} AS achievements, 0 AS reports
    FROM users u WHERE u.id = ${userId}`);
}
