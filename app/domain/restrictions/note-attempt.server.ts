import { countAttempt, listChildrenNamed, listToldOfAttempt } from "#db/restrictions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY, HOUR } from "../clock.ts";
import { notify } from "../notifications/notify.server.ts";

/**
 * Somebody asked for something and it was not found: if it is of a child from whom they are kept away, that is written down, and told to
 * the school and the primary guardian once a day. For after the answer, which must be the one, and as quick, that an unknown child gets.
 */
export async function noteAttempt(ctx: AppContext, actor: Actor, path: string, ids: string[]): Promise<void> {
  const childIds = await listChildrenNamed(ctx.db, ids, actor.restrictedFrom);
  for (const childId of childIds) {
    const now = ctx.clock.now();
    const [row] = await countAttempt(ctx.db, { childId, personId: actor.userId, hourStartsAt: now - (now % HOUR), count: 1, lastPath: path.slice(0, 200), lastAt: now, address: ctx.visit.address });
    if (row?.count === 1) await tell(ctx, actor.userId, childId, now);
  }
}

async function tell(ctx: AppContext, personId: string, childId: string, now: number): Promise<void> {
  const told = await listToldOfAttempt(ctx.db, childId, personId, now);
  if (!told[0]) return;
  const { childName: child, personName: person } = told[0];
  const guardians = new Set(told.filter((each) => each.isGuardian).map((each) => each.id));
  const news = notify(ctx, told.map((each) => each.id), {
    type: "restriction.attempted", facts: { child, person }, severity: "urgent", childId,
    path: (userId) => (guardians.has(userId) ? "/family/people" : `/admin/children/${childId}`), cause: `${childId}.${personId}.${Math.floor(now / DAY)}.attempted`,
  });
  await ctx.db.batch(news.writes as [(typeof news.writes)[number], ...typeof news.writes]);
  await ctx.jobs.ring(news.jobIds);
}
