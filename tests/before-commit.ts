import type { TestContext } from "./world.ts";

type Prepared = { _prepare(): { getQuery(): { sql: string } } };
/** Every commit ends by asking whom it touched; a look does not. */
const isCommit = (statements: readonly unknown[]) => (statements.at(-1) as Prepared)._prepare().getQuery().sql.startsWith("DELETE FROM stirred");

/** The same world, in which something else happens after an act has looked and before it commits, as often as it is told. */
export function beforeCommit(ctx: TestContext, event: (time: number) => unknown, times = 1): TestContext {
  let happened = 0;
  const { db } = ctx;
  const batch = async (statements: Parameters<typeof db.batch>[0]) => {
    if (happened < times && isCommit(statements)) await event(happened++);
    return db.batch(statements);
  };
  return { ...ctx, db: Object.assign(Object.create(db) as typeof db, { batch }) };
}

/** The same world, in which the database is gone when an act comes to commit: no lost race, and nothing that the act may make a refusal of. */
export const failing = (ctx: TestContext): TestContext => beforeCommit(ctx, () => { throw new Error(AWAY); });
export const AWAY = "the database is away";
