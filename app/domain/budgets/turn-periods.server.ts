import { closePeriods, listChildrenToOpen, listFamilyTimeZones, openPeriod } from "#db/budget-periods.ts";
import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { periodAt } from "../clock.ts";

const A_RUN = 200;

/**
 * Opens the current week and month of every child with an active control, in the family's zone, and closes those that are over. Only
 * for the history's sake: what belongs to a period is decided by its instant, whether or not this has run. Answers how many it opened.
 */
export async function turnPeriods(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  let opened = 0;
  for (const timeZone of await listFamilyTimeZones(ctx.db)) {
    const periods = (["week", "month"] as const).map((kind) => periodAt(now, kind, timeZone));
    const children = await listChildrenToOpen(ctx.db, timeZone, periods, A_RUN);
    const writes = children.flatMap((childId) => periods.map((period) => openPeriod(ctx.db, { childId, kind: period.kind, startsOn: period.startsOn, openedAt: now })));
    for (let at = 0; at < writes.length; at += 100) await commit(ctx.db, writes.slice(at, at + 100));
    for (const period of periods) await closePeriods(ctx.db, timeZone, period, now);
    opened += children.length;
  }
  return opened;
}
