import { commit, type Write } from "#db/client.ts";
import { closeEndedGrant, endProposal, listEndedGrants, listEndedProposals, selectSettlersOf, type EndedProposal } from "#db/consents.ts";
import { broke } from "#db/errors.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { notify } from "../notifications/notify.server.ts";

const AT_ONCE = 15;

/**
 * Writes down which grants ran out and tells the guardians, and lets proposals that nobody answered go. Reading goes by the time itself: late,
 * skipped or doubled, nothing is open a moment longer and nobody is told twice.
 */
export async function endConsents(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const [grants, proposals] = await ctx.db.batch([listEndedGrants(ctx.db, now, AT_ONCE), listEndedProposals(ctx.db, now, AT_ONCE)]);
  const settlers = grants.length > 0 ? await selectSettlersOf(ctx.db, [...new Set(grants.map(({ childId }) => childId))], now) : [];
  let handled = 0;
  for (const { child, ...grant } of grants) {
    const { childId, dataType, recipient, until } = grant;
    const news = notify(ctx, settlers.filter((settler) => settler.childId === childId).map(({ id }) => id), {
      type: "consent.ended", facts: { child, dataType, recipient }, path: `/settings/consent?child=${childId}&to=${recipient}`, cause: `${childId}.${dataType}.${recipient}.${until}.ended`, childId,
    });
    const event = record(ctx, null, { action: "consent.ended", subjectId: childId, childId, details: { changes: [{ dataType, recipient, from: { granted: true, until }, to: { granted: false, until } }] } });
    if (await first(ctx, [closeEndedGrant(ctx.db, grant), event, ...news.writes])) {
      handled++;
      await ctx.jobs.ring(news.jobIds);
    }
  }
  for (const proposal of proposals) if (await first(ctx, lapse(ctx, proposal))) handled++;
  return handled;
}

/** The writes that let an unanswered proposal go. */
export function lapse(ctx: AppContext, { id, childId, dataType, recipient, until }: EndedProposal): Write[] {
  const details = { changes: [{ dataType, recipient, from: { granted: false, until: null }, to: { granted: true, until } }] };
  return [endProposal(ctx.db, id, ctx.clock.now()), record(ctx, null, { action: "consent.expired", subjectId: id, childId, details })];
}

/** Whether this run was the first to see to it. */
async function first(ctx: AppContext, writes: Write[]): Promise<boolean> {
  try {
    await commit(ctx.db, writes);
    return true;
  } catch (error) {
    if (broke(error, "NOT NULL consents.granted", "NOT NULL consent_proposals.status")) return false;
    throw error;
  }
}
