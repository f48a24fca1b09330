import { sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { accessLog } from "./schema/consent.ts";

type Look = Pick<typeof accessLog.$inferInsert, "childId" | "viewerId" | "dataType" | "hourStartsAt" | "capacity" | "schoolId" | "lastAt">;

/** One row per viewer, child, kind of data, hour and capacity, however often they look. At most ten at once: there are ten kinds of data. */
export const countLooks = (db: Db, looks: Look[]) =>
  db.insert(accessLog).values(looks.map((look) => ({ ...look, count: 1 }))).onConflictDoUpdate({
    target: [accessLog.childId, accessLog.viewerId, accessLog.dataType, accessLog.hourStartsAt, accessLog.capacity],
    set: { count: sql`${accessLog.count} + 1`, lastAt: sql`max(${accessLog.lastAt}, excluded.last_at)` },
  });
