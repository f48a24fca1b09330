import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { send } from "#tests/world.ts";
import { makeCast, type Cast, type Role } from "./cast.ts";
import { tripsOf } from "./knock.ts";

/** what a page reads depends on what it shows, not on how many families there are. */
const { DB } = env as unknown as { DB: D1Database };
const FAMILIES = 2_000;
let cast: Cast;
const first = new Map<string, number>();

const daily: { role: Role; path: string }[] = [
  ...["/home", "/approvals", "/approvals?show=all", "/approvals/:requestId", "/children", "/children/:childId", "/children/:childId/budget", "/children/:childId/account", "/children/:childId/activity", "/children/:childId/goals", "/children/:childId/achievements", "/children/:childId/mood", "/inbox", "/family", "/family/people", "/finance", "/finance/history", "/finance/methods", "/shop", "/settings/security", "/settings/consent?child=:childId", "/settings/consent/audit?child=:childId", "/students/:childId"].map((path) => ({ role: "guardian" as const, path })),
  ...["/home", "/shop", "/shop/:planId", "/requests", "/requests/:requestId"].map((path) => ({ role: "child" as const, path })),
  ...["/home", "/students", "/students/:childId"].map((path) => ({ role: "teacher" as const, path })),
  ...["/admin/plans"].map((path) => ({ role: "school admin" as const, path })),
  // Last: it shows who looked, and the pages above are looks.
  ...["/settings/privacy?child=:childId"].map((path) => ({ role: "guardian" as const, path })),
];

async function rowsRead({ role, path }: (typeof daily)[number]): Promise<number> {
  const answer = await send("GET", path.replace(/:(\w+)/g, (_match, name: string) => (cast.ours as Record<string, string>)[name]!), { headers: { Cookie: cast.people[role].cookie! } });
  expect(answer.status, path).toBe(200);
  expect(tripsOf(answer)).toBeLessThanOrEqual(2);
  return Number(/(\d+) rows/.exec(answer.headers.get("Server-Timing") ?? "")?.[1]);
}

beforeAll(async () => {
  cast = await makeCast();
  for (const page of daily) first.set(`${page.role} ${page.path}`, await rowsRead(page));
  await insertFamilies(FAMILIES);
}, 120_000);

test("the families are there", async () => {
  expect(await DB.prepare("SELECT count(*) AS n FROM purchase_requests WHERE id LIKE 'pur_many%'").first("n")).toBe(FAMILIES);
});

describe.each(daily)("Q-6: $role $path", (page) => {
  test(`reads no more rows beside ${FAMILIES} other families`, async () => {
    expect(await rowsRead(page)).toBe(first.get(`${page.role} ${page.path}`));
  });
});

/** A guardian, a child, a waiting request, a payment, an invitation, a session and an unread notification each, at the schools of the cast. */
async function insertFamilies(count: number): Promise<void> {
  const { schoolId, planId } = cast.ours;
  const now = Date.now();
  const each = (insert: string, select: string) => DB.prepare(`INSERT INTO ${insert} WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ${count}) SELECT ${select} FROM many`);
  await DB.batch([
    each("users (id, kind, name, email, locale, time_zone, status, created_at)", `'user_manyg' || n, 'adult', 'Guardian ' || n, 'many' || n || '@example.test', 'en', 'Africa/Nairobi', 'active', ${now}`),
    each("users (id, kind, name, username, locale, time_zone, status, created_at)", `'user_manyc' || n, 'child', 'Child ' || n, 'many-' || n, 'en', 'Africa/Nairobi', 'active', ${now}`),
    each("families (id, name, currency, time_zone, preferred_programmes, status, decision_window_hours, created_at)", `'fam_many' || n, 'Family ' || n, 'KES', 'Africa/Nairobi', '[]', 'active', 72, ${now}`),
    each("family_members (family_id, user_id, role, joined_at)", `'fam_many' || n, 'user_manyg' || n, 'guardian', ${now}`),
    each("family_members (family_id, user_id, role, joined_at)", `'fam_many' || n, 'user_manyc' || n, 'student', ${now}`),
    each("guardianships (id, guardian_id, child_id, relationship, can_approve_purchases, can_schedule_lessons, can_view_progress, can_talk_with_teachers, contact_priority, is_primary, starts_at, active, created_at)", `'gua_many' || n, 'user_manyg' || n, 'user_manyc' || n, 'parent', 1, 1, 1, 1, 1, 1, ${now}, 1, ${now}`),
    each("memberships (id, user_id, school_id, role, active, created_at)", `'mem_many' || n, 'user_manyc' || n, '${schoolId}', 'student', 1, ${now}`),
    each("purchase_requests (id, student_id, family_id, school_id, plan_id, requested_by, plan_name, amount, currency, band, status, revision, created_at, expires_at, remind_at)", `'pur_many' || n, 'user_manyc' || n, 'fam_many' || n, '${schoolId}', '${planId}', 'user_manyc' || n, 'Plan', 1000, 'KES', 'single', 'pending', 1, ${now}, ${now + 86_400_000}, ${now + 43_200_000}`),
    each("payments (id, request_id, student_id, family_id, school_id, provider, amount, currency, status, revision, created_at, updated_at)", `'pay_many' || n, 'pur_many' || n, 'user_manyc' || n, 'fam_many' || n, '${schoolId}', 'stripe', 1000, 'KES', 'failed', 1, ${now}, ${now}`),
    each("family_invitations (id, family_id, invited_by, name, email, relationship, rights, child_ids, code_hash, status, expires_at, created_at)", `'inv_many' || n, 'fam_many' || n, 'user_manyg' || n, 'Aunt', 'aunt' || n || '@example.test', 'other', '{}', '[]', 'hash' || n, 'pending', ${now}, ${now}`),
    each("sessions (id, token_hash, user_id, kind, created_at, last_seen_at, expires_at)", `'sess_many' || n, 'hash' || n, 'user_manyg' || n, 'browser', ${now}, ${now}, ${now + 86_400_000}`),
    each("login_attempts (id, user_id, method, outcome, at)", `'login_many' || n, 'user_manyg' || n, 'password', 'success', ${now}`),
    each("audit_events (id, at, actor_id, action, subject_id, child_id, family_id, school_id, details)", `'audit_many' || n, ${now}, 'user_manyc' || n, 'purchase.asked', 'pur_many' || n, 'user_manyc' || n, 'fam_many' || n, '${schoolId}', '{}'`),
    each("enrolments (id, school_id, student_id, subject_id, teacher_id, starts_at, created_at)", `'enr_many' || n, '${schoolId}', 'user_manyc' || n, '${cast.ours.subjectId}', 'user_manyg' || n, 0, 0`),
    each("consents (child_id, data_type, recipient, granted, set_at)", `'user_manyc' || n, 'media', 'teachers', 1, 0`),
    each("access_log (child_id, viewer_id, data_type, hour_starts_at, capacity, count, last_at)", `'user_manyc' || n, 'user_manyg' || n, 'media', 0, 'guardian', 1, ${now}`),
    each("notifications (id, user_id, child_id, type, severity, facts, path, cause, created_at)", `'note_many' || n, 'user_manyg' || n, 'user_manyc' || n, 'purchase_requested', 'attention', '{}', '/approvals', 'many', ${now}`),
  ]);
}
