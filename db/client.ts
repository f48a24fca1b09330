import { sql, type Column, type GetColumnData, type SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { constraintFailure } from "./errors.ts";

/** Tells people's open pages that something of theirs has changed. */
type Stir = (userIds: string[]) => void;
export type Db = DrizzleD1Database & { $client: D1Database; stir: Stir };
/** A statement not yet run. Helpers that return one are not `async`: a Drizzle builder is a thenable, awaiting it would run it. */
export type Write = BatchItem<"sqlite">;

/** `stir` is called after each commit that changed something for people with a page open. */
export function openDb(d1: D1Database, stir: Stir): Db {
  return Object.assign(drizzle(d1), { stir });
}

/** A write in SQL of its own, to stand in a batch beside Drizzle's: what is generated, or says more than a builder can. */
export function write(db: Db, text: string, ...params: unknown[]): Write {
  // What Drizzle's batch asks of a statement; its own raw ones lose their parameters there (drizzle-orm 0.45).
  const prepared = { stmt: db.$client.prepare(text), getQuery: () => ({ sql: text, params }), mapResult: (result: unknown) => result };
  return { _prepare: () => prepared } as unknown as Write;
}

/** The text of SQL and what goes into its places. */
export const textOf = (db: Db, asked: SQL) => (db as unknown as { dialect: { sqlToQuery(asked: SQL): { sql: string; params: unknown[] } } }).dialect.sqlToQuery(asked);

/** A read in SQL of its own, to stand in a batch beside Drizzle's; a row is an object of what is selected, under the names it gives them. */
export function rows<Row>(db: Db, asked: SQL): RunnableQuery<Row[], "sqlite"> {
  const { sql: text, params } = textOf(db, asked);
  const prepared = { stmt: db.$client.prepare(text), getQuery: () => ({ sql: text, params }), mapResult: (answer: D1Result<Row>) => answer.results };
  return { _prepare: () => prepared } as unknown as RunnableQuery<Row[], "sqlite">;
}

/**
 * D1's only transaction: all of the writes or none. Open pages of those whom it touched hear of it (`stirred`).
 * Throws ConstraintFailure, naming the constraint, when one of them broke a rule of the schema.
 */
export async function commit(db: Db, writes: Write[]): Promise<void> {
  await commitReturning(db, writes);
}

/** The same, with what each of the writes answered. */
export async function commitReturning(db: Db, writes: Write[]): Promise<unknown[]> {
  const batch = [...writes, takeStirred(db)] as unknown as [Write, ...Write[]];
  const answers: unknown[] = await db.batch(batch).catch((error: unknown) => {
    throw constraintFailure(error) ?? error;
  });
  ring(db, answers.pop() as StirredRow[]);
  return answers;
}

/** Tells whom nobody has told yet: of writes that went by without a commit, or whose bell was lost. Answers how many. */
export async function stirRest(db: Db): Promise<number> {
  const [found] = await db.batch([takeStirred(db)]);
  ring(db, found);
  return found.length;
}

type StirredRow = { user_id: string };
const takeStirred = (db: Db) => rows<StirredRow>(db, sql`DELETE FROM stirred WHERE user_id IN (SELECT user_id FROM stirred LIMIT 200) RETURNING user_id`);

function ring(db: Db, found: StirredRow[]): void {
  if (found.length > 0) db.stir(found.map(({ user_id }) => user_id));
}

/**
 * A column under a name of its own. D1 answers a batch in objects, so two selected columns of one name (`users.id`, `families.id`)
 * would become one and shift the rest: in a batched select all but one of them must be named. Tests fail where that was forgotten.
 */
export function named<C extends Column>(column: C, name: string) {
  return sql<GetColumnData<C>>`${column}`.mapWith(column).as(name);
}
