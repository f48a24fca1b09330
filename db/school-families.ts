import { sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import type { Db } from "./client.ts";
import { keptAway } from "./restrictions.ts";

export type SchoolFamilyRow = {
  id: string; name: string; status: "active" | "inactive"; programmes: string[];
  students: { id: string; name: string; level: string | null }[];
  /** As far as the family shares ways to reach it with the school. */
  guardians: { id: string; name: string }[];
  firstStudentId: string;
};
export type FamilyFilter = { status?: "active" | "inactive" | undefined; programme?: string | undefined };
type Asked = FamilyFilter & { readerId: string; schoolId: string; now: number; contact: ReadRule; after: { studentId: string; familyId: string } | null; limit: number };

/**
 * Families with an active student at the school, in the order of their first student there, with these students alone. One statement,
 * walked along the list of students: it reads what it shows, however many the school or its neighbours have.
 */
export async function listSchoolFamilies(db: Db, { readerId, schoolId, now, contact, status, programme, after, limit }: Asked): Promise<SchoolFamilyRow[]> {
  const learnsHere = (alias: string) => sql`${sql.raw(alias)}.school_id = ${schoolId} AND ${sql.raw(alias)}.kind = 'student' AND ${sql.raw(alias)}.active = 1 AND NOT ${keptAway(readerId, sql.raw(`${alias}.user_id`), now)}`;
  const rows = await db.all<Record<"id" | "name" | "status" | "programmes" | "students" | "guardians" | "firstStudentId", string>>(sql`
    SELECT f.id, f.name, f.status, f.preferred_programmes AS programmes, sp.user_id AS firstStudentId,
      (SELECT json_group_array(json_object('id', u.id, 'name', u.name, 'level', u.level) ORDER BY s.sort_name, s.user_id) FROM family_members m CROSS JOIN school_people s ON s.user_id = m.user_id AND ${learnsHere("s")}
        JOIN users u ON u.id = s.user_id WHERE m.family_id = f.id AND m.role = 'student') AS students,
      (SELECT json_group_array(json_object('id', u.id, 'name', u.name) ORDER BY u.name, u.id) FROM family_members a JOIN users u ON u.id = a.user_id AND u.status = 'active'
        WHERE a.family_id = f.id AND a.role = 'guardian' AND EXISTS (
          SELECT 1 FROM family_members m CROSS JOIN school_people s ON s.user_id = m.user_id AND ${learnsHere("s")}
          CROSS JOIN guardianships w ON w.guardian_id = a.user_id AND w.child_id = s.user_id AND w.active = 1 AND w.starts_at <= ${now} AND (w.ends_at IS NULL OR ${now} < w.ends_at)
          WHERE m.family_id = f.id AND m.role = 'student' AND ${mayRead(readerId, sql`s.user_id`, contact, now)})) AS guardians
    FROM school_people sp
    CROSS JOIN family_members fm ON fm.user_id = sp.user_id AND fm.role = 'student'
    CROSS JOIN families f ON f.id = fm.family_id AND f.deleted_at IS NULL
    WHERE ${learnsHere("sp")}
      AND NOT EXISTS (SELECT 1 FROM family_members m CROSS JOIN school_people s ON s.user_id = m.user_id AND ${learnsHere("s")}
        WHERE m.family_id = f.id AND m.role = 'student' AND (s.sort_name, s.user_id) < (sp.sort_name, sp.user_id))
      ${status === undefined ? sql`` : sql`AND f.status = ${status}`}
      ${programme === undefined ? sql`` : sql`AND EXISTS (SELECT 1 FROM json_each(f.preferred_programmes) p WHERE lower(p.value) = lower(${programme}))`}
      ${after === null ? sql`` : sql`AND (sp.sort_name, sp.user_id) >= ((SELECT c.sort_name FROM school_people c WHERE c.school_id = ${schoolId} AND c.user_id = ${after.studentId} AND c.kind = 'student'), ${after.studentId})
        AND NOT (sp.user_id = ${after.studentId} AND f.id <= ${after.familyId})`}
    ORDER BY sp.sort_name, sp.user_id, f.id LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, status: row.status as SchoolFamilyRow["status"], programmes: JSON.parse(row.programmes) as string[], students: JSON.parse(row.students) as SchoolFamilyRow["students"], guardians: JSON.parse(row.guardians) as SchoolFamilyRow["guardians"] }));
}
