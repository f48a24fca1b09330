import { hashToken } from "#app/domain/identity/sessions.ts";

/** What some pages need and the demo data lacks. */
export const code = "a-code-of-the-bench-0000000000000000000000";

export async function invite(db: D1Database): Promise<string> {
  await db.prepare(`INSERT OR IGNORE INTO family_invitations (id, family_id, invited_by, name, email, relationship, child_ids, rights, code_hash, expires_at, created_at)
    SELECT 'inv_bench', f.id, u.id, 'Asha', 'asha@demo.kinboard.test', 'other', json_array(), '{}', ?, ?, ? FROM families f JOIN users u ON u.email = 'guardian@demo.kinboard.test' WHERE f.name = 'Otieno family'`)
    .bind(await hashToken(code), Date.now() + 86_400_000, Date.now()).run();
  return code;
}

export async function inviteToSchool(db: D1Database): Promise<string> {
  await db.prepare(`INSERT OR IGNORE INTO school_invitations (id, school_id, name, email, roles, subject_ids, student_ids, code_hash, invited_by, expires_at, created_at)
    SELECT 'sinv_bench', m.school_id, 'Joseph', 'other-guardian@demo.kinboard.test', '["teacher"]', '[]', '[]', ?, u.id, ?, ? FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.email = 'admin@demo.kinboard.test' LIMIT 1`)
    .bind(await hashToken(code), Date.now() + 86_400_000, Date.now()).run();
  return code;
}

/** A lesson of this child, made where there is none. */
export const lessonOf = (username: string) => async (db: D1Database) => {
  const at = Date.now() + 8 * 86_400_000;
  await db.prepare(`INSERT OR IGNORE INTO lessons (id, enrolment_id, school_id, teacher_id, student_id, subject_id, time_zone, uses_hours, local_start, local_end, starts_at, ends_at, status, created_by, created_at)
    SELECT 'les_bench', e.id, e.school_id, e.teacher_id, e.student_id, e.subject_id, 'Africa/Nairobi', 0, '2026-01-01T10:00', '2026-01-01T11:00', ?, ?, 'scheduled', e.teacher_id, ? FROM enrolments e JOIN users u ON u.id = e.student_id WHERE u.username = ? ORDER BY e.id LIMIT 1`).bind(at, at + 3_600_000, Date.now(), username).run();
  return "les_bench";
};
