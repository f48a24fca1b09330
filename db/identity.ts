import { sql } from "drizzle-orm";
import type { Actor, Role, Ward } from "#app/domain/actor.ts";
import type { Lens, Through } from "#app/domain/identity/lens.ts";
import { leadsChild, mayView } from "./view-as.ts";
import { textOf, type Db } from "./client.ts";
import { unreadOf } from "./conversations.ts";
import { alertsOf, approvalsOf } from "./counters.ts";

type ActorRow = {
  userId: string; kind: "adult" | "child"; name: string; email: string | null; emailVerifiedAt: number | null; username: string | null; avatarKey: string | null; locale: string; timeZone: string;
  sessionId: string; sessionKind: "browser" | "bearer" | "personal"; steppedUpUntil: number | null; lastSeenAt: number; scopes: string | null; mustChange: number; restrictedFrom: string;
  hasTotp: number; hasPasskey: number; wards: string; memberships: string; familyIds: string; approvals: number; notifications: number; messages: number; lens: string | null;
};

/** The actor of a session token: person, rights and badges in one statement, because every request asks it. Of a session that looks through another's eyes it is the other, `through` the lens. */
export async function findActorByToken(db: Db, tokenHash: string, now: number, through: Through, asOneself = 0): Promise<(Actor & { lastSeenAt: number }) | null> {
  const { results: [row] } = await db.$client.prepare(statement(db, SESSIONS)).bind(tokenHash, now, asOneself).all<ActorRow>();
  if (!row) return null;
  const lens = row.lens === null ? null : (JSON.parse(row.lens) as Lens);
  // The right to look through those eyes has ended: back to one's own.
  if (lens?.children.length === 0) return findActorByToken(db, tokenHash, now, through, 1);
  const actor = actorIn(row);
  return lens ? through(lens, actor, now) : actor;
}

/** Whose calendar address ends with this secret, as if they looked now, and the one child that it is for. Nobody once it is revoked or they are deactivated. */
export async function findFeedReader(db: Db, secretHash: string, now: number): Promise<{ actor: Actor; feedId: string; childId: string | null } | null> {
  const [people, feeds] = await db.$client.batch([db.$client.prepare(statement(db, FEEDS)).bind(secretHash, now, 1), db.$client.prepare("SELECT child_id AS childId FROM calendar_feeds WHERE secret_hash = ?1").bind(secretHash)]);
  const [[row], [feed]] = [people!.results as ActorRow[], feeds!.results as { childId: string | null }[]];
  return row && feed ? { actor: actorIn(row), feedId: row.sessionId, childId: feed.childId } : null;
}

function actorIn(row: ActorRow): Actor & { lastSeenAt: number } {
  const wards = (JSON.parse(row.wards) as (Omit<Ward, "canApprovePurchases" | "canScheduleLessons" | "canViewProgress" | "canTalkWithTeachers" | "isPrimary" | "closed"> & Record<string, unknown>)[])
    .map((ward) => ({ ...ward, canApprovePurchases: ward.approve === 1, canScheduleLessons: ward.schedule === 1, canViewProgress: ward.view === 1, canTalkWithTeachers: ward.talk === 1, isPrimary: ward.primary === 1, closed: ward.primary === 1 ? [] : ward.closed }) as Ward);
  return {
    userId: row.userId, kind: row.kind, name: row.name, email: row.email, emailVerified: row.emailVerifiedAt !== null, username: row.username, avatarKey: row.avatarKey, locale: row.locale, timeZone: row.timeZone,
    session: { id: row.sessionId, kind: row.sessionKind, steppedUpUntil: row.steppedUpUntil },
    factors: { totp: row.hasTotp === 1, passkey: row.hasPasskey === 1 },
    wards,
    memberships: JSON.parse(row.memberships) as { schoolId: string; schoolName: string; role: Role }[],
    familyIds: JSON.parse(row.familyIds) as string[],
    restrictedFrom: JSON.parse(row.restrictedFrom) as string[],
    scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as string[] | null),
    mustChangePassword: row.mustChange === 1,
    viewedBy: null,
    counts: { approvals: row.approvals, notifications: row.notifications, messages: row.messages },
    lastSeenAt: row.lastSeenAt,
  };
}

const ACTIVE_GUARDIANSHIP = "g.guardian_id = u.id AND g.active = 1 AND g.starts_at <= ?2 AND (g.ends_at IS NULL OR ?2 < g.ends_at)";
const RESTRICTED = "x.person_id = u.id AND x.starts_at <= ?2 AND (x.ends_at IS NULL OR ?2 < x.ends_at)";
const actorOf = (session: string, unread: string) => `
SELECT u.id AS userId, u.kind, u.name, u.email, u.email_verified_at AS emailVerifiedAt, u.username, u.locale, u.time_zone AS timeZone, u.avatar_key AS avatarKey,
  s.id AS sessionId, s.kind AS sessionKind, s.stepped_up_until AS steppedUpUntil, s.last_seen_at AS lastSeenAt,
  EXISTS (SELECT 1 FROM totp_factors t WHERE t.user_id = u.id AND t.enabled_at IS NOT NULL) AS hasTotp,
  EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id) AS hasPasskey,
  (SELECT json_group_array(json_object('guardianshipId', g.id, 'childId', c.id, 'name', c.name, 'level', c.level, 'avatarKey', c.avatar_key, 'isPrimary', g.is_primary, 'primary', g.is_primary,
      'approve', g.can_approve_purchases, 'schedule', g.can_schedule_lessons, 'view', g.can_view_progress, 'talk', g.can_talk_with_teachers,
      'closed', (SELECT json_group_array(k.data_type) FROM consents k WHERE k.child_id = c.id AND k.recipient = 'other_guardians' AND (k.granted = 0 OR k.until <= ?2))) ORDER BY c.id)
    FROM guardianships g JOIN users c ON c.id = g.child_id AND c.status = 'active' WHERE ${ACTIVE_GUARDIANSHIP} AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.child_id = c.id AND ${RESTRICTED})) AS wards,
  (SELECT json_group_array(x.child_id) FROM restrictions x WHERE ${RESTRICTED}) AS restrictedFrom,
  COALESCE((SELECT p.must_change FROM passwords p WHERE p.user_id = u.id), 0) AS mustChange, s.scopes,
  (SELECT json_group_array(json_object('schoolId', m.school_id, 'schoolName', sc.name, 'role', m.role))
    FROM memberships m JOIN schools sc ON sc.id = m.school_id WHERE m.user_id = u.id AND m.active = 1) AS memberships,
  (SELECT json_group_array(f.id) FROM family_members fm JOIN families f ON f.id = fm.family_id AND f.deleted_at IS NULL WHERE fm.user_id = u.id
    AND NOT EXISTS (SELECT 1 FROM restrictions x CROSS JOIN family_members lives ON lives.family_id = f.id AND lives.user_id = x.child_id AND lives.role = 'student'
      CROSS JOIN family_members other ON other.family_id = f.id AND other.role = 'guardian' AND other.user_id <> u.id
      JOIN guardianships og ON og.guardian_id = other.user_id AND og.child_id = x.child_id AND og.active = 1 AND og.starts_at <= ?2 AND (og.ends_at IS NULL OR ?2 < og.ends_at) WHERE ${RESTRICTED})) AS familyIds,
  ${approvalsOf("u.id", "?2")} AS approvals, ${alertsOf("u.id", "?2")} AS notifications,
  ${unread} AS messages,
  CASE WHEN t.id IS NOT NULL THEN json_object('viewerId', r.id, 'viewerName', r.name, 'until', s.view_as_until,
    'familyIds', (SELECT json_group_array(mine.family_id) FROM family_members mine WHERE mine.user_id = r.id AND NOT EXISTS (SELECT 1 FROM restrictions v JOIN family_members l ON l.user_id = v.child_id AND l.family_id = mine.family_id
      WHERE v.person_id = r.id AND v.starts_at <= ?2 AND (v.ends_at IS NULL OR ?2 < v.ends_at))),
    'children', (SELECT json_group_array(json_object('childId', g.child_id, 'primary', ${leadsChild("r.id", "g.child_id", "?2")},
        'waiting', (SELECT count(*) FROM purchase_requests w WHERE g.can_approve_purchases = 1 AND w.student_id = g.child_id AND w.status = 'pending' AND ?2 < w.expires_at)
          + (SELECT count(*) FROM bookings w WHERE g.can_schedule_lessons = 1 AND w.student_id = g.child_id AND w.status = 'pending' AND ?2 < w.expires_at), 'settings', (SELECT json_group_array(json_object('dataType', k.data_type, 'recipient', k.recipient,
        'granted', k.granted, 'until', k.until)) FROM consents k WHERE k.child_id = g.child_id AND k.recipient = 'school_administration')))
      FROM guardianships g WHERE ${ACTIVE_GUARDIANSHIP} AND ${mayView("r.id", "g.child_id", "?2")})) END AS lens
FROM ${session} s JOIN users r ON r.id = s.user_id AND r.status = 'active'
LEFT JOIN users t ON t.id = s.view_as_id AND t.status = 'active' AND ?2 < s.view_as_until AND s.kind = 'browser' AND ?3 = 0
JOIN users u ON u.id = COALESCE(t.id, r.id)
WHERE s.token_hash = ?1 AND s.kind <> 'half' AND ?2 < s.expires_at`;
const SESSIONS = "sessions";
/** A calendar's address stands for a session that may only read and never ends by itself. */
const FEEDS = `(SELECT id, user_id, secret_hash AS token_hash, 'personal' AS kind, '["read"]' AS scopes, created_at AS last_seen_at, ${Number.MAX_SAFE_INTEGER} AS expires_at,
  NULL AS stepped_up_until, NULL AS view_as_id, NULL AS view_as_until FROM calendar_feeds WHERE revoked_at IS NULL)`;

const made = new Map<string, string>();
/** Made once: every request asks it. */
function statement(db: Db, session: string): string {
  const known = made.get(session) ?? actorOf(session, textOf(db, unreadOf(sql`u.id`, sql`?2`)).sql);
  made.set(session, known);
  return known;
}
