import { env } from "cloudflare:workers";
import { getTableColumns, is, Table } from "drizzle-orm";
import { expect, test } from "vitest";
import { MATCHED_TABLES } from "#db/erasure.ts";
import { personColumns } from "#db/person-columns.ts";
import * as schema from "#db/schema/index.ts";

/** The proof that no table was forgotten: every column of the database as it is stands in the registry, and the registry in the database. */
const { DB } = env as unknown as { DB: D1Database };
type Column = { tableName: string; columnName: string; type: string; pk: number };
const TABLES = "sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND m.name NOT LIKE '~_cf%' ESCAPE '~' AND m.name <> 'd1_migrations'";
const columns = (await DB.prepare(`SELECT m.name AS tableName, c.name AS columnName, upper(c.type) AS type, c.pk FROM ${TABLES.replace(" m WHERE", " m JOIN pragma_table_info(m.name) c WHERE")}`).all<Column>()).results;
const keys = (await DB.prepare(`SELECT m.name AS tableName, c."from" AS columnName, c."table" AS target FROM ${TABLES.replace(" m WHERE", " m JOIN pragma_foreign_key_list(m.name) c WHERE")}`).all<{ tableName: string; columnName: string; target: string }>()).results;
const targetOf = (table: string, column: string) => keys.find((key) => key.tableName === table && key.columnName === column)?.target;

/** Columns that hold one of a few words, as the schema says. */
const enumerated = new Set((Object.values(schema) as unknown[]).filter((value) => is(value, Table)).flatMap((table) =>
  Object.values(getTableColumns(table)).filter((column) => column.enumValues?.length).map((column) => `${(table as unknown as Record<symbol, string>)[Symbol.for("drizzle:Name")]}.${column.name}`)));

const tables = [...new Set(columns.map((column) => column.tableName))];
const columnsOf = (table: string) => columns.filter((column) => column.tableName === table).map((column) => column.columnName);

test("SCH-4, SCH-8: every table is in the registry, and none that is not there", () => {
  expect(tables.length).toBeGreaterThan(50);
  expect(Object.keys(personColumns).sort()).toEqual([...tables].sort());
});

test("SCH-4, SCH-8: every column that names a person or holds words has its rule", () => {
  const forgotten = columns.filter(({ tableName, columnName, type }) => {
    const { people = {}, words = {}, plain = [] } = personColumns[tableName] ?? {};
    if (columnName in people || columnName in words || plain.includes(columnName)) return false;
    if (columnName === "id" || enumerated.has(`${tableName}.${columnName}`)) return false;
    const target = targetOf(tableName, columnName);
    if (target !== undefined) return target === "users";
    // The ids of what is not a person, where no foreign key says so.
    if (["school_id", "family_id", "request_id"].includes(columnName)) return false;
    return type === "TEXT" || /_(id|by)$/.test(columnName);
  });
  expect(forgotten.map(({ tableName, columnName }) => `${tableName}.${columnName}`)).toEqual([]);
});

test("SCH-4, SCH-8: the registry names no column that does not exist, and no person's id as something plain", () => {
  const wrong = Object.entries(personColumns).flatMap(([table, { people = {}, words = {}, plain = [], keys: unique = [] }]) => [
    ...[...Object.keys(people), ...Object.keys(words), ...plain, ...Object.values(people).flatMap(({ set = {} }) => Object.keys(set)), ...unique.flatMap((key) => key.columns)].filter((column) => !columnsOf(table).includes(column)),
    ...[...plain, ...Object.keys(words)].filter((column) => targetOf(table, column) === "users"),
    ...Object.keys(people).filter((column) => ![undefined, "users"].includes(targetOf(table, column))),
  ].map((column) => `${table}.${column}`));
  expect(wrong).toEqual([]);
});

test("SCH-4: a person's words go when the person does", () => {
  const reasons = new Set(["school", "lapses", "household", "erased", "hashed"]);
  const left = Object.entries(personColumns).flatMap(([table, { people = {}, words = {} }]) => Object.entries(words).filter(([column, whose]) => {
    if (reasons.has(whose)) return false;
    if (whose === "matched") return !MATCHED_TABLES.includes(table);
    const rule = people[whose];
    return !rule || (rule.erase !== "delete" && !(column in (rule.set ?? {})));
  }).map(([column]) => `${table}.${column}`));
  expect(left).toEqual([]);
});

test("SCH-8: whatever tells rows apart by a column that moves is known to the merge", async () => {
  const { results } = await DB.prepare(`SELECT m.name AS tableName, i.name AS name, s.sql AS made, group_concat(c.name) AS names FROM ${TABLES.replace(" m WHERE", " m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c LEFT JOIN sqlite_master s ON s.name = i.name WHERE i.\"unique\" = 1 AND")} GROUP BY 1, 2`)
    .all<{ tableName: string; made: string | null; names: string }>();
  const unknown = results.filter(({ tableName, made, names }) => {
    const { people = {}, keys: unique = [] } = personColumns[tableName]!;
    const inKey = names.split(",");
    if (!inKey.some((column) => people[column]?.merge === "move")) return false;
    const condition = / WHERE (.*)$/i.exec(made ?? "")?.[1]?.replaceAll("`", "").replaceAll(/"?\w+"?\./g, "");
    return !unique.some((key) => key.columns.join() === inKey.join() && key.where === condition);
  });
  expect(unknown.map(({ tableName, names }) => `${tableName}: ${names}`)).toEqual([]);
});

test("SCH-8: what identifies a row that moves is its primary key, and what is dropped is written down whole", () => {
  const wrong = Object.entries(personColumns).flatMap(([table, { people = {}, keys: unique = [] }]) => Object.values(people).filter(({ merge }) => merge === "move").flatMap(({ twice }) => {
    const primary = columns.filter((column) => column.tableName === table && column.pk > 0).map((column) => column.columnName).sort();
    const said = [...(unique.find((key) => key.primary)?.columns ?? ["id"])].sort();
    const whole = !twice || !("drop" in twice) || [...twice.drop].sort().join() === columnsOf(table).sort().join();
    return primary.join() === said.join() && whole ? [] : [table];
  }));
  expect(wrong).toEqual([]);
});
