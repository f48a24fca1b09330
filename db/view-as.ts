import { and, eq, sql } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { inForce } from "./guardianships.ts";
import { guardianships } from "./schema/families.ts";
import { sessions, users } from "./schema/identity.ts";

const within = (row: string, now: string) => `${row}.starts_at <= ${now} AND (${row}.ends_at IS NULL OR ${now} < ${row}.ends_at)`;

/** SQL: whether somebody is the child's primary guardian now. */
export const leadsChild = (viewer: string, child: string, now: string) =>
  `EXISTS (SELECT 1 FROM guardianships vg WHERE vg.guardian_id = ${viewer} AND vg.child_id = ${child} AND vg.active = 1 AND vg.is_primary = 1 AND ${within("vg", now)})`;

/** SQL: whether somebody may see the child through another guardian's eyes: its primary guardian, or who runs a school at which it learns; not who is kept away. */
export const mayView = (viewer: string, child: string, now: string) => `((${leadsChild(viewer, child, now)}
    OR EXISTS (SELECT 1 FROM memberships va JOIN memberships vp ON vp.school_id = va.school_id AND vp.user_id = ${child} AND vp.role = 'student' AND vp.active = 1
      WHERE va.user_id = ${viewer} AND va.active = 1 AND va.role IN ('school_owner', 'school_admin')))
  AND NOT EXISTS (SELECT 1 FROM restrictions vx WHERE vx.person_id = ${viewer} AND vx.child_id = ${child} AND ${within("vx", now)}))`;

/** The children of whom this person is a guardian now and whom the viewer may see through their eyes. */
export const listViewable = (db: Db, viewerId: string, personId: string, now: number) => {
  const may = mayView("?1", "guardianships.child_id", "?2").split(/(\?[12])/).map((part) => (part === "?1" ? sql`${viewerId}` : part === "?2" ? sql`${now}` : sql.raw(part)));
  return db.select({ childId: guardianships.childId, childName: sql<string>`(SELECT c.name FROM users c WHERE c.id = guardianships.child_id)`.as("child_name"), personName: named(users.name, "person_name") })
    .from(guardianships).innerJoin(users, and(eq(users.id, guardianships.guardianId), eq(users.status, "active"), eq(users.kind, "adult")))
    .where(and(eq(guardianships.guardianId, personId), inForce(now), sql.join(may)));
};

/** From now on the session looks through that person's eyes; null: through its own again. */
export const setView = (db: Db, sessionId: string, view: { personId: string; until: number } | null) =>
  db.update(sessions).set({ viewAsId: view?.personId ?? null, viewAsUntil: view?.until ?? null }).where(eq(sessions.id, sessionId));
