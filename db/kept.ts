import { is, Param, Placeholder, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Db } from "./client.ts";

type Argument = string | number | string[];
type Select = PromiseLike<unknown>;
/** What Drizzle makes of a select: its SQL, what is bound, and how rows become objects. Not in its types. */
type Prepared = { getQuery(): { sql: string; params: unknown[] }; mapResult(result: unknown, isFromBatch: true): unknown };
type Drawn = { sql: string; bound: ((args: Argument[]) => unknown)[]; mapResult(result: unknown): unknown };

/** Puts SQL together and asks nobody. */
const drawing = drizzle({ prepare: () => ({}) } as unknown as D1Database) as Db;

/**
 * A select, or several for one batch, whose SQL is put together once: Drizzle takes longer for that than SQLite for the answer.
 * What `draw` is given may only be bound, a list as JSON for `json_each`: while it draws, each argument is a placeholder.
 */
export function kept<A extends Argument[], S extends Select | readonly Select[]>(draw: (db: Db, ...args: A) => S): (db: Db, ...args: A) => S {
  let drawn: Drawn[] | undefined;
  let single = false;
  return (db, ...args) => {
    if (!drawn) {
      const selects = draw(drawing, ...(Array.from({ length: draw.length - 1 }, (_, nth) => placeholder(nth)) as unknown as A));
      single = !Array.isArray(selects);
      drawn = (single ? [selects as Select] : (selects as readonly Select[])).map(read);
    }
    const statements = drawn.map((one) => statement(db, one, args));
    return (single ? statements[0] : statements) as unknown as S;
  };
}

function placeholder(nth: number): Placeholder {
  const refuse = () => {
    throw new Error("a kept select may only bind its arguments");
  };
  return Object.assign(sql.placeholder(String(nth)), { [Symbol.toPrimitive]: refuse, toJSON: refuse });
}

function read(select: Select): Drawn {
  const prepared = (select as unknown as { _prepare(): Prepared })._prepare();
  const { sql, params } = prepared.getQuery();
  return {
    sql,
    bound: params.map((param) => {
      const value = is(param, Param) ? param.value : param;
      if (!is(value, Placeholder)) return () => value;
      const nth = Number(value.name);
      return (args) => (Array.isArray(args[nth]) ? JSON.stringify(args[nth]) : args[nth]);
    }),
    mapResult: (result) => prepared.mapResult(result, true),
  };
}

/** As much of a Drizzle builder as `batch` and `await` need. */
function statement(db: Db, { sql, bound, mapResult }: Drawn, args: Argument[]) {
  const self = {
    _prepare: () => self,
    getQuery: () => ({ sql, params: bound.map((value) => value(args)) }),
    get stmt() {
      return db.$client.prepare(sql);
    },
    mapResult,
    then: (...whenDone: Parameters<Promise<unknown>["then"]>) => db.batch([self as never]).then((rows: unknown[]) => rows[0]).then(...whenDone),
  };
  return self;
}
