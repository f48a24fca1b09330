import { commit, type Write } from "#db/client.ts";
import { closeEndedGrants, endProposal, listEndedGrants, listEndedProposals, selectSettlersOf, type EndedGrant, type EndedProposal } from "#db/consents.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { DAY, localDate } from "../clock.ts";
import { notifyEach } from "../notifications/notify.server.ts";
import { wasFirst } from "../races.server.ts";

const CHILDREN_AT_ONCE = 15;
const PROPOSALS_AT_ONCE = 15;

/**
 * Writes down which grants ran out and tells the guardians, and lets proposals that nobody answered go. Reading goes by the time itself: late,
 * skipped or doubled, nothing is open a moment longer and nobody is told twice.
 */
export async function endConsents(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const [grants, proposals] = await ctx.db.batch([listEndedGrants(ctx.db, { now, soon: now + DAY }, CHILDREN_AT_ONCE), listEndedProposals(ctx.db, now, PROPOSALS_AT_ONCE)]);
  const children = Map.groupBy(grants, ({ childId }) => childId);
  const settlers = grants.length > 0 ? await selectSettlersOf(ctx.db, [...children.keys()], now) : [];
  let handled = 0;
  for (const [childId, ending] of children) {
    const ended = ending.filter(({ until }) => until <= now);
    const news = tell(ctx, settlers.filter((settler) => settler.childId === childId).map(({ id }) => id), ending, ended);
    const changes = ended.map(({ dataType, recipient, until }) => ({ dataType, recipient, from: { granted: true, until }, to: { granted: false, until } }));
    const event = record(ctx, null, { action: "consent.ended", subjectId: childId, childId, details: { changes } });
    if (await first(ctx, [closeEndedGrants(ctx.db, childId, ended, now), event, ...news.writes])) {
      handled += ended.length;
      await ctx.jobs.ring(news.jobIds);
    }
  }
  for (const proposal of proposals) if (await first(ctx, lapse(ctx, proposal))) handled++;
  return handled;
}

/** One piece of news for each guardian and day, however many grants of the child end on it: the first tells of those to come as well. */
function tell(ctx: AppContext, guardianIds: string[], ending: EndedGrant[], ended: EndedGrant[]) {
  const dayOf = ({ until, timeZone }: EndedGrant) => localDate(until, timeZone).toString();
  return notifyEach(ctx, [...Map.groupBy(ended, dayOf)].flatMap(([day, [one]]) => {
    const { childId, child, dataType, recipient } = one!;
    const facts = { child, dataType, recipient, count: ending.filter((grant) => dayOf(grant) === day).length };
    return guardianIds.map((userId) => ({ userId, type: "consent.ended" as const, facts, path: `/settings/consent?child=${childId}&to=${recipient}`, cause: `${childId}.${day}.consents_ended`, childId }));
  }));
}

/** The writes that let an unanswered proposal go. */
export function lapse(ctx: AppContext, { id, childId, dataType, recipient, until }: EndedProposal): Write[] {
  const details = { changes: [{ dataType, recipient, from: { granted: false, until: null }, to: { granted: true, until } }] };
  return [endProposal(ctx.db, id, ctx.clock.now()), record(ctx, null, { action: "consent.expired", subjectId: id, childId, details })];
}

/** Whether this run was the first to see to it. */
const first = (ctx: AppContext, writes: Write[]) => wasFirst(commit(ctx.db, writes), "NOT NULL consents.granted", "NOT NULL consent_proposals.status");
