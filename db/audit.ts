import { among } from "./bulk.ts";
import { and, desc, eq, gte, inArray, lt, ne, or, sql, type AnyColumn } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { auditEvents } from "./schema/operation.ts";
import { memberships } from "./schema/schools.ts";

export type AuditFilter = { actorId?: string | undefined; personId?: string | undefined; action?: string | undefined; from?: number | undefined; to?: number | undefined };
/** People of whom the reader may know nothing. */
type Page = { cursor?: string | undefined; limit: number; without: string[] };

/** Only who is or was of the school has a name in its log. */
const nameAt = (schoolId: string, id: AnyColumn) => sql<string | null>`(SELECT u.name FROM users u WHERE u.id = ${id} AND EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.school_id = ${schoolId}))`;

/** What was done in the school's name or with it, newest first; a statement for the caller's batch. */
export const selectAudit = (db: Db, schoolId: string, { actorId, personId, action, from, to }: AuditFilter, { cursor, limit, without }: Page) => {
  const e = auditEvents;
  return db.select({
    id: e.id, at: e.at, action: e.action, actorId: e.actorId, subjectId: e.subjectId, childId: e.childId, details: e.details,
    actorName: nameAt(schoolId, e.actorId).as("actor_name"), personName: sql<string | null>`coalesce(${nameAt(schoolId, e.childId)}, ${nameAt(schoolId, e.subjectId)})`.as("person_name"),
  }).from(e).where(and(
    eq(e.schoolId, schoolId),
    actorId === undefined ? undefined : eq(e.actorId, actorId), personId === undefined ? undefined : or(eq(e.childId, personId), eq(e.subjectId, personId)), action === undefined ? undefined : eq(e.action, action),
    from === undefined ? undefined : gte(e.at, from), to === undefined ? undefined : lt(e.at, to),
    cursor === undefined ? undefined : sql`(${e.at}, ${e.id}) < (SELECT c.at, c.id FROM audit_events c WHERE c.id = ${cursor} AND c.school_id = ${schoolId})`,
    without.length === 0 ? undefined : sql`coalesce(${e.childId}, '') NOT IN ${among(without)} AND ${e.subjectId} NOT IN ${among(without)}`,
  )).orderBy(desc(e.at), desc(e.id)).limit(limit);
};
export type AuditRow = Awaited<ReturnType<typeof selectAudit>>[number];

/** Who works at the school or did: those of whom one would ask what they did. At most a hundred; a statement for the caller's batch. */
export const selectAuditors = (db: Db, schoolId: string) =>
  db.selectDistinct({ id: named(users.id, "user_id"), name: users.name }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), ne(users.status, "erased")))
    .where(and(eq(memberships.schoolId, schoolId), inArray(memberships.role, ["school_owner", "school_admin", "teacher", "tutor", "school_staff"]))).orderBy(users.name).limit(100);

/** A person of the school by name; a statement for the caller's batch. */
export const selectNameAt = (db: Db, schoolId: string, userId: string) =>
  db.select({ id: users.id, name: users.name }).from(users).where(and(eq(users.id, userId), sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${users.id} AND m.school_id = ${schoolId})`));
