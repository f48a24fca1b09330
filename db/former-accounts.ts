import { sql, type SQL } from "drizzle-orm";

/** These people (their ids as JSON) and the accounts that were merged into theirs: the books keep each under its own name, for they are never rewritten, and are read together. */
export const knownAs = (ids: SQL | string | string[]) => sql`(WITH RECURSIVE same(id) AS (SELECT value FROM json_each(${ids}) UNION SELECT m.gone_id FROM same JOIN merges m ON m.kept_id = same.id AND m.undone_at IS NULL) SELECT id FROM same)`;

/** Whose it is now: the person of that select, or whoever their account was merged into, if they are among these (ids as JSON). */
export const heirAmong = (person: SQL, ids: SQL | string | string[]) => sql`(WITH RECURSIVE heir(id) AS (SELECT * FROM (${person}) UNION SELECT m.kept_id FROM heir JOIN merges m ON m.gone_id = heir.id AND m.undone_at IS NULL)
  SELECT id FROM heir WHERE id IN (SELECT value FROM json_each(${ids})) LIMIT 1)`;
