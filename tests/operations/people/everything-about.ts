import { env } from "cloudflare:workers";
import { getTableColumns, is, Table } from "drizzle-orm";
import { personColumns } from "#db/person-columns.ts";
import * as schema from "#db/schema/index.ts";
import { unique } from "#tests/world.ts";

const { DB } = env as unknown as { DB: D1Database };
type Column = { name: string; type: string; notnull: number; dflt_value: string | null; pk: number; enumValues: string[] };
type Shape = { columns: Column[]; parents: Map<string, string> };
type Row = Record<string, string | number | null>;

const tablesOf = (Object.values(schema) as unknown[]).filter((value) => is(value, Table)) as Table[];
const nameOf = (table: Table) => (table as unknown as Record<symbol, string>)[Symbol.for("drizzle:Name")]!;

async function shapeOf(table: Table): Promise<Shape> {
  const words = new Map(Object.values(getTableColumns(table)).map((column) => [column.name, column.enumValues ?? []]));
  const [columns, keys] = await DB.batch([DB.prepare(`SELECT * FROM pragma_table_info('${nameOf(table)}')`), DB.prepare(`SELECT "from" AS name, "table" AS target FROM pragma_foreign_key_list('${nameOf(table)}')`)]);
  return {
    columns: (columns!.results as Omit<Column, "enumValues">[]).map((column) => ({ ...column, enumValues: words.get(column.name) ?? [] })),
    parents: new Map((keys!.results as { name: string; target: string }[]).map(({ name, target }) => [name, target])),
  };
}

/** What a row needs to be allowed, and to stand in nobody's way. */
const FIXED: Record<string, Row> = {
  plans: { kind: "one_off", minutes: null }, guardianships: { active: 0, is_primary: 0, relationship: "other" }, payments: { status: "failed" }, payment_methods: { is_default: 0 }, purchase_requests: { status: "denied", renewal_of: null },
  audit_events: { erasure_id: null }, refunds: { paid: 9, refunded_before: 1 }, consent_proposals: { status: "agreed" }, recoveries: { status: "done" }, family_invitations: { status: "declined" },
  merges: { moved: "[]", undone_at: 1 }, restrictions: { ends_at: 2 }, memberships: { role: "parent" }, reservations: { over_limit: 1 }, class_codes: { revoked_at: 1 }, school_invitations: { status: "declined" },
  lessons: { starts_at: 1, ends_at: 2, minutes_had: null }, lesson_slots: { teacher_clashes: 0, student_clashes: 0 }, bookings: { status: "denied" }, ledger_entries: { kind: "payment" }, attendance: { class_id: null },
  signing_keys: { retired_at: 1 }, calendar_feeds: { revoked_at: 1 }, conversations: { kind: "support" },
};
/** Written by triggers, by the test itself, or of nobody. */
const NOT_HERE = ["users", "school_people", "school_people_words", "schools", "audit_seals", "sweep_runs", "provider_events"];

type About = { id: string; name: string; email: string | null };

/** Puts a row for each column that can name the person into every table of the schema, with their name in every column of words. */
export async function everythingAbout(person: About, { schoolId, others }: { schoolId: string; others: [string, string] }): Promise<void> {
  const known = new Map<string, string[]>([["schools", [schoolId]]]);
  const waiting = new Set(tablesOf.filter((table) => !NOT_HERE.includes(nameOf(table))));
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const table of waiting) {
      const shape = await shapeOf(table);
      if ([...shape.parents.values()].some((parent) => parent !== "users" && parent !== nameOf(table) && !known.has(parent))) continue;
      const people = Object.keys(personColumns[nameOf(table)]?.people ?? {});
      for (const column of [...people, ...(people.length === 0 || BY_EMAIL.includes(nameOf(table)) ? [""] : [])]) known.set(nameOf(table), [...(known.get(nameOf(table)) ?? []), await insert(nameOf(table), shape, column, { person, others, known })]);
      waiting.delete(table);
    }
    if (waiting.size === before) throw new Error(`cannot fill ${[...waiting].map(nameOf).join(", ")}`);
  }
}

/** Each report is of a message of its own. */
let messages = 0;

async function insert(table: string, { columns, parents }: Shape, mine: string, { person, others, known }: { person: About; others: [string, string]; known: Map<string, string[]> }): Promise<string> {
  const { people = {}, words = {} } = personColumns[table] ?? {};
  // On the newest; where a parent has one row, each on a parent of its own.
  const hangsOn = (parent: string, alone: boolean) => (alone ? known.get(parent)?.[Object.keys(people).indexOf(mine)] : undefined) ?? known.get(parent)?.at(-1) ?? null;
  const row: Row = {};
  for (const { name, type, enumValues, dflt_value, pk } of columns) {
    const parent = parents.get(name);
    if (name === mine) row[name] = person.id;
    else if (name in people || parent === "users") row[name] = others[Object.keys(people).indexOf(name) === 0 ? 0 : 1];
    else if (parent) row[name] = hangsOn(parent, pk > 0);
    else if (name === "seq" && table === "message_reports") row[name] = ++messages;
    else if (name === "seq" || dflt_value?.includes("randomblob")) continue;
    else if (enumValues.length) row[name] = enumValues[0]!;
    else if (type.toUpperCase() === "INTEGER") row[name] = 1;
    else if (name in words) row[name] = words[name]! in people && words[name] !== mine ? "Words about somebody else" : wordsAbout(table, name, mine === "" || !BY_EMAIL.includes(table) ? person : { ...person, email: null });
    else row[name] = ["transports", "scopes", "subject_ids", "child_ids", "student_ids", "roles", "preferred_programmes", "weekdays"].includes(name) ? "[]" : name === "school_id" ? known.get("schools")![0]! : unique("x");
  }
  Object.assign(row, FIXED[table]);
  const names = Object.keys(row);
  await DB.prepare(`INSERT OR REPLACE INTO ${table} (${names.map((name) => `"${name}"`).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`).bind(...Object.values(row)).run();
  return String(row.id);
}

/** Of somebody who is known by an e-mail address alone. */
const BY_EMAIL = ["sign_ups", "family_invitations", "school_invitations"];
const JSON_WORDS = ["facts", "details", "payload", "family", "moved"];
function wordsAbout(table: string, column: string, { id, name, email }: About): string {
  if (table === "audit_events" && column === "actor_id") return id;
  if (table === "audit_events" && column === "subject_id") return id;
  if (table === "audit_events" && column === "child_id") return id;
  if (BY_EMAIL.includes(table) && email === null) return column === "family" ? "null" : unique("somebody");
  if (JSON_WORDS.includes(column)) return JSON.stringify({ userId: id, name, email });
  return /email|recipient/.test(column) ? email ?? unique("mail") : `${name} wrote this`;
}

/** All rows of all tables, as text, by table. */
export async function dump(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tablesOf) found[nameOf(table)] = (await DB.prepare(`SELECT * FROM ${nameOf(table)}`).all()).results.map((row) => JSON.stringify(row)).sort();
  return found;
}
