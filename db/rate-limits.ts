import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { rateLimits } from "./schema/identity.ts";

/** Tries are counted in buckets; those from `since` on still count. */
type Bucket = { key: string; startsAt: number; since: number; most: number; expiresAt: number };

/**
 * Counts one try, unless the tries that still count have used up the limit. A row comes back if the try is permitted and none if it
 * is not: one statement, so that of any number of calls at the same instant exactly as many pass as the limit has left.
 */
export const countTry = (db: Db, bucket: Bucket) =>
  db.insert(rateLimits)
    .select(sql`SELECT ${bucket.key}, ${bucket.startsAt}, 1, ${bucket.expiresAt}
      WHERE (SELECT coalesce(sum(count), 0) FROM rate_limits WHERE key = ${bucket.key} AND window_starts_at >= ${bucket.since}) < ${bucket.most}`)
    .onConflictDoUpdate({ target: [rateLimits.key, rateLimits.windowStartsAt], set: { count: sql`${rateLimits.count} + 1` } })
    .returning({ count: rateLimits.count });

/** A try that turned out to be no failure. */
export const uncountTry = (db: Db, { key, startsAt }: Bucket) =>
  db.update(rateLimits).set({ count: sql`${rateLimits.count} - 1` }).where(and(eq(rateLimits.key, key), eq(rateLimits.windowStartsAt, startsAt), gt(rateLimits.count, 0)));

export const deleteExpiredLimits = (db: Db, now: number) => db.delete(rateLimits).where(lt(rateLimits.expiresAt, now));
