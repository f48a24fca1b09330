import { getTableColumns, sql, type SQL } from "drizzle-orm";
import type { IndexColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Db, Write } from "./client.ts";

type Key<T extends SQLiteTable> = keyof T["$inferInsert"] & string;
const columnOf = (table: SQLiteTable, key: string) => (getTableColumns(table) as Record<string, IndexColumn & { name: string }>)[key]!;

/** A field of the row that is being inserted. */
export const rowField = (key: string): SQL => sql.raw(`json_each.value ->> '$.${key}'`);

/**
 * Many rows by few statements: D1 takes a hundred parameters, so the rows travel as JSON arrays, of 2 MB at most each: some 2,000 rows.
 * All rows have the keys of the first; columns without one get their default, and those `read` are worked out for each by the statement itself.
 */
function bulk<T extends SQLiteTable>(db: Db, table: T, rows: unknown[], read: Record<string, SQL> = {}, where = sql`true`) {
  const given = new Set(Object.keys(rows[0]!));
  const values = Object.entries(getTableColumns(table)).map(([key, column]) =>
    read[key] ?? (given.has(key) ? rowField(key) : sql`${column.default === undefined ? null : column.mapToDriverValue(column.default)}`));
  return db.insert(table).select(sql`SELECT ${sql.join(values, sql`, `)} FROM json_each(${JSON.stringify(rows)}) WHERE ${where}`);
}

const AT_ONCE = 2_000;
const pieces = <R>(rows: R[]): R[][] => Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, at) => rows.slice(at * AT_ONCE, (at + 1) * AT_ONCE));

export const insertMany = <T extends SQLiteTable>(db: Db, table: T, rows: T["$inferInsert"][]): Write[] => pieces(rows).map((some) => bulk(db, table, some));

/** The same where some columns are read as each row is inserted, so that constraints on them decide races. */
export const insertReading = <T extends SQLiteTable, K extends Key<T>>(db: Db, table: T, rows: (Omit<T["$inferInsert"], K> & Record<string, unknown>)[], read: Record<K, SQL>): Write[] => (rows.length === 0 ? [] : [bulk(db, table, rows, read)]);

/** One such row, and only where that holds as it is inserted. */
export const insertWhere = <T extends SQLiteTable, K extends Key<T>>(db: Db, table: T, row: Omit<T["$inferInsert"], K>, read: Record<K, SQL>, where: SQL): Write => bulk(db, table, [row], read, where);

/** The rows that are not there yet. */
export const addMany = <T extends SQLiteTable>(db: Db, table: T, rows: T["$inferInsert"][]): Write[] => pieces(rows).map((some) => bulk(db, table, some).onConflictDoNothing());

/** Inserts, or sets the columns named anew in the row that has these keys already. */
export const putMany = <T extends SQLiteTable>(db: Db, table: T, keys: Key<T>[], set: Key<T>[], rows: T["$inferInsert"][]): Write[] =>
  pieces(rows).map((some) => bulk(db, table, some).onConflictDoUpdate({
    target: keys.map((key) => columnOf(table, key)),
    set: Object.fromEntries(set.map((key) => [key, sql.raw(`excluded."${columnOf(table, key).name}"`)])) as never,
  }));

/** Ids as one parameter, however many. */
export const among = (ids: readonly string[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** Many small answers in one row: D1 takes a hundred columns, and a function takes 32 arguments. `unpack` reads them back, in order. */
export const pack = (terms: string[]): string =>
  Array.from({ length: Math.ceil(terms.length / 30) }, (_, at) => `json_array(${terms.slice(at * 30, at * 30 + 30).join(", ")}) AS p${at}`).join(", ");
export const unpack = (row: Record<string, string>): number[] => Object.values(row).flatMap((piece) => JSON.parse(piece) as number[]);
