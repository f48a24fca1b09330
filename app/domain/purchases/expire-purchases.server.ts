import { commit } from "#db/client.ts";
import { expireRequest, selectExpired, selectToRemind, markReminded } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { getDecisionFacts } from "../budgets/decision-facts.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { wasFirst } from "../races.server.ts";
import { bandOf, decidersOf, pageOf } from "./rules.ts";

const A_RUN = 20;

/** Closes what nobody decided in time and says so. They count as expired from their instant on, whether or not this has run. Answers how many. */
export async function expirePurchases(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const due = await selectExpired(ctx.db, now, A_RUN);
  for (const { request, childName } of due) {
    const news = notify(ctx, [request.studentId, request.requestedBy], { type: "purchase.expired", facts: { child: childName, plan: request.planName }, path: pageOf(request), cause: `${request.id}.expired`, childId: request.studentId });
    const expired = commit(ctx.db, [
      expireRequest(ctx.db, request.id, now),
      record(ctx, null, { action: "purchase.expired", subjectId: request.id, childId: request.studentId, familyId: request.familyId, schoolId: request.schoolId }),
      ...news.writes,
    ]);
    // Another run, or a cancellation, may come first.
    if (await wasFirst(expired, "NOT NULL purchase_requests.revision")) await ctx.jobs.ring(news.jobIds);
  }
  return due.length;
}

/** At half time everybody who may decide is reminded, also those who were not asked first. Answers how many requests. */
export async function remindDeciders(ctx: AppContext): Promise<number> {
  const due = await selectToRemind(ctx.db, ctx.clock.now(), A_RUN);
  for (const { request, childName } of due) {
    const facts = await getDecisionFacts(ctx, request.studentId);
    const band = bandOf(request.amount, facts.rules, facts.standings) === "policy" ? "policy" : "single";
    const news = notify(ctx, decidersOf(band, facts.policy, facts.deciders).who.map((guardian) => guardian.userId), {
      type: "purchase.reminder", facts: { child: childName, plan: request.planName, amount: request.amount, currency: request.currency, expiresAt: request.expiresAt },
      path: `/approvals/${request.id}`, cause: `${request.id}.reminder`, severity: "attention", childId: request.studentId,
    });
    await commit(ctx.db, [markReminded(ctx.db, [request.id], ctx.clock.now()), ...news.writes]);
    await ctx.jobs.ring(news.jobIds);
  }
  return due.length;
}
