import { children, DEMO_DOMAIN } from "#db/demo/people.ts";
import { users } from "#db/schema/identity.ts";
import type { LivingWorld } from "./living.ts";

type Row = Record<string, unknown>;

/**
 * Removes the demo people and everything that hangs on them, also what was done with their accounts since: rows that name a row
 * to be removed are removed too, until no more are found. Development only, so the append-only triggers step aside for the one batch.
 */
export async function clearDemoData({ ctx: { db } }: LivingWorld): Promise<number> {
  const d1 = db.$client;
  const all = async (query: string) => (await d1.prepare(query).all<Row>()).results;
  const people = await db.select({ id: users.id, email: users.email, username: users.username }).from(users);
  const doomed = new Set(people.filter((user) => user.email?.endsWith(`@${DEMO_DOMAIN}`) || children.some((child) => child.key === user.username)).map((user) => user.id));
  if (doomed.size === 0) return 0;
  const names = (await all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'd1_%' AND name NOT LIKE '_cf_%'")).map((row) => String(row.name));
  const tables = new Map<string, Row[]>();
  for (const name of names) tables.set(name, await all(`SELECT rowid AS "rowid#", * FROM "${name}"`));
  const rows = new Map<string, Set<number>>(names.map((name) => [name, new Set()]));
  // What is shared by all goes only when nobody else uses it: a school goes with the demo's administrators and students.
  for (let grown = true; grown; ) {
    grown = false;
    for (const [name, contents] of tables) {
      for (const row of contents) {
        if (rows.get(name)!.has(row["rowid#"] as number) || !Object.values(row).some((value) => idsIn(value).some((id) => doomed.has(id)))) continue;
        rows.get(name)!.add(row["rowid#"] as number);
        for (const key of ["id", "family_id", "school_id"]) if (typeof row[key] === "string") doomed.add(row[key]);
        grown = true;
      }
    }
  }
  const triggers = await all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'");
  const deletions = [...rows].flatMap(([name, found]) => [...chunks([...found], 90)].map((some) => d1.prepare(`DELETE FROM "${name}" WHERE rowid IN (${some.map(() => "?").join(",")})`).bind(...some)));
  await d1.batch([
    d1.prepare("PRAGMA defer_foreign_keys = on"),
    ...triggers.map((trigger) => d1.prepare(`DROP TRIGGER "${String(trigger.name)}"`)),
    ...deletions,
    d1.prepare("DELETE FROM ledger_balances"),
    d1.prepare(`INSERT INTO ledger_balances (account, unit, balance) SELECT account, unit, sum(amount) FROM
      (SELECT debit AS account, unit, amount FROM ledger_entries UNION ALL SELECT credit, unit, -amount FROM ledger_entries) GROUP BY account, unit`),
    ...triggers.map((trigger) => d1.prepare(String(trigger.sql))),
  ]);
  return [...rows.values()].reduce((sum, found) => sum + found.size, 0);
}

/** Ids stand in columns of their own, and in the text of payloads and account names. */
const idsIn = (value: unknown): string[] => (typeof value === "string" ? (value.match(/[a-z]+_[0-9A-Z]{26}/g) ?? []) : []);

function* chunks<T>(items: T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
