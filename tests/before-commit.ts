import type { TestContext } from "./world.ts";

type Prepared = { _prepare(): { getQuery(): { sql: string } } };
/** Every commit ends by asking whom it touched; a look does not. */
const isCommit = (statements: readonly unknown[]) => (statements.at(-1) as Prepared)._prepare().getQuery().sql.startsWith("DELETE FROM stirred");

/** The same world for an act that loses a race: something else happens after it has looked and before it commits, as often as it is told. */
export function beforeCommit(ctx: TestContext, event: (time: number) => unknown, times = 1): TestContext {
  let happened = 0;
  const { db } = ctx;
  const batch = async (statements: Parameters<typeof db.batch>[0]) => {
    if (happened < times && isCommit(statements)) await event(happened++);
    return db.batch(statements);
  };
  return { ...ctx, db: Object.assign(Object.create(db) as typeof db, { batch }) };
}

/** What a database says that is away: no lost race, and nothing that an act may make a refusal of. */
export const LOST = new Error("D1_ERROR: Network connection lost.");

/** The same world, in which the database is gone whenever an act comes to commit. */
export const failing = (ctx: TestContext): TestContext => beforeCommit(ctx, () => Promise.reject(LOST), Infinity);
