import { env } from "cloudflare:workers";

const { DB } = env as unknown as { DB: D1Database };
/** Written by merely asking: when a session was last seen, how often somebody tried, who looked. */
const OF_ASKING = new Set(["sessions.last_seen_at", "rate_limits", "login_attempts", "passkey_challenges", "access_log", "d1_migrations"]);

/** Written by reading a room, which says so to who wrote. */
const OF_READING = ["seats", "conversations.revision", "notifications.read_at"];

const statements = new Map<boolean, Promise<D1PreparedStatement[]>>();

/** What is in the database, in one string: rows, lengths and sums of every column of every table. Two equal ones: nothing was written in between; or nothing but that rooms were read, where somebody may do that meanwhile. */
export async function fingerprint({ reading = false } = {}): Promise<string> {
  if (!statements.has(reading)) statements.set(reading, statementsBut(new Set([...OF_ASKING, ...(reading ? OF_READING : [])])));
  const answers = await DB.batch(await statements.get(reading)!);
  return JSON.stringify(answers.map((answer) => answer.results));
}

async function statementsBut(left: Set<string>): Promise<D1PreparedStatement[]> {
  const { results } = await DB.prepare("SELECT m.name AS tableName, c.name AS columnName FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\'").all<{ tableName: string; columnName: string }>();
  const columns = Map.groupBy(results.filter((found) => !left.has(found.tableName) && !left.has(`${found.tableName}.${found.columnName}`)), (found) => found.tableName);
  return [...columns].map(([table, of]) => DB.prepare(`SELECT '${table}', count(*), ${of.map(({ columnName }) => `total(length("${columnName}")), total("${columnName}")`).join(", ")} FROM "${table}"`));
}
