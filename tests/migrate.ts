import type { D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import "./batch-columns.ts";

/** Test files share an isolate, so that the Worker is loaded once and not for each of them: every file begins with a database that has only its migrations. */
const { DB, MIGRATIONS } = env as unknown as { DB: D1Database; MIGRATIONS: D1Migration[] };
const OURS = "m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_cf\\_%' ESCAPE '\\'";
const [made, keys] = await DB.batch<Record<string, string>>([
  DB.prepare(`SELECT type, name FROM sqlite_schema m WHERE type <> 'index' AND ${OURS}`),
  DB.prepare(`SELECT m.name AS child, k."table" AS parent FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND ${OURS}`),
]);
const all = (type: string) => made!.results.filter((found) => found.type === type).map(({ name }) => name!);

/** Who points at a table goes before it: a row to which nothing can point any more goes without a search. */
const tables: string[] = [];
const onTheWay = new Set<string>();
function leave(table: string): void {
  if (onTheWay.has(table)) return;
  onTheWay.add(table);
  for (const { child, parent } of keys!.results) if (parent === table) leave(child!);
  tables.push(table);
}
all("table").forEach(leave);

await DB.batch([
  "PRAGMA defer_foreign_keys = true",
  ...all("trigger").map((name) => `DROP TRIGGER "${name}"`),
  ...all("view").map((name) => `DROP VIEW "${name}"`),
  ...tables.map((name) => `DELETE FROM "${name}"`),
  ...tables.map((name) => `DROP TABLE "${name}"`),
  ...MIGRATIONS.flatMap(({ queries }) => queries),
].map((query) => DB.prepare(query)));
