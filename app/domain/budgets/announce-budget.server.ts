import { commit } from "#db/client.ts";
import { insertAlert, selectAlerts } from "#db/decisions.ts";
import type { AppContext } from "../../context.ts";
import { DAY } from "../clock.ts";
import { notify } from "../notifications/notify.server.ts";
import { loadDecisionFacts } from "./decision-facts.server.ts";
import { alertsDue } from "./rules.ts";

/**
 * Tells the guardians that a limit is nearly or wholly used: once for a jump over several thresholds, each threshold at most once a
 * period. Reads what the periods hold by now, so that it may run late or twice.
 */
export async function announceBudget(ctx: AppContext, childId: string): Promise<void> {
  const now = ctx.clock.now();
  const { facts, rest: [announced] } = await loadDecisionFacts(ctx, childId, selectAlerts(ctx.db, childId, new Date(now - 33 * DAY).toISOString().slice(0, 10)));
  if (!facts) return;
  for (const period of facts.standings) {
    if (period.limit === null) continue;
    const said = announced.filter((alert) => alert.kind === period.kind && alert.startsOn === period.startsOn).map((alert) => alert.threshold);
    const due = alertsDue(period.limit, period, said);
    const highest = due.at(-1);
    if (highest === undefined) continue;
    const news = notify(ctx, facts.deciders.map((guardian) => guardian.userId), {
      type: "budget.alert", facts: { child: facts.child.name, kind: period.kind, threshold: highest, limit: period.limit, currency: facts.family.currency },
      path: `/children/${childId}/budget`, cause: `${childId}.${period.kind}.${period.startsOn}.${highest}`, severity: highest === 100 ? "urgent" : "attention", childId,
    });
    await commit(ctx.db, [...due.map((threshold) => insertAlert(ctx.db, { childId, kind: period.kind, startsOn: period.startsOn, threshold, at: now })), ...news.writes]);
    await ctx.jobs.ring(news.jobIds);
  }
}
