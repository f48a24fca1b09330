import { commit } from "#db/client.ts";
import { childOfRequest, moveRequest, selectDecisions, selectRequest } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { loadDecisionFacts } from "../budgets/decision-facts.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize } from "../policy.ts";
import { decidedAgain } from "./lost-race.server.ts";
import { knownChildren, requirePending } from "./undecided.server.ts";

/** Who asked, or the child it is for, takes a waiting request back. Throws not_found, forbidden, conflict. */
export function cancelPurchase(ctx: AppContext, actor: Actor, requestId: string): Promise<void> {
  return decidedAgain(async () => {
    const childIds = knownChildren(actor);
    const { facts, rest: [[request], decisions] } = await loadDecisionFacts(ctx, childOfRequest(childIds, requestId), selectRequest(ctx.db, childIds, requestId), selectDecisions(ctx.db, requestId));
    if (!request || !facts) throw notFound();
    authorize(actor, "purchase:cancel", request.studentId);
    if (actor.userId !== request.studentId && actor.userId !== request.requestedBy) throw new DomainError("forbidden", "not_your_request");
    requirePending(ctx, request, decisions);
    const { id, studentId, familyId, schoolId, planName } = request;
    const news = notify(ctx, facts.deciders.map((guardian) => guardian.userId).filter((userId) => userId !== actor.userId), {
      type: "purchase.cancelled", facts: { child: facts.child.name, plan: planName, by: actor.name }, path: `/approvals/${id}`, cause: `${id}.cancelled`, childId: studentId,
    });
    await commit(ctx.db, [
      moveRequest(ctx.db, { id, revision: request.revision, rulesRevision: null, now: ctx.clock.now() }, { status: "cancelled", decidedAt: ctx.clock.now() }),
      record(ctx, actor, { action: "purchase.cancelled", subjectId: id, childId: studentId, familyId, schoolId }),
      ...news.writes,
    ]);
    await ctx.jobs.ring(news.jobIds);
  });
}
