import { commit } from "#db/client.ts";
import { insertDecision, moveRequest } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notify } from "../notifications/notify.server.ts";
import type { DenyPurchaseInput } from "./inputs.ts";
import { decidedAgain } from "./lost-race.server.ts";
import { pageOf } from "./rules.ts";
import { loadUndecided } from "./undecided.server.ts";

/** A guardian who decides says no, and why. Takes no step-up. Throws not_found, forbidden, conflict. */
export function denyPurchase(ctx: AppContext, actor: Actor, requestId: string, input: DenyPurchaseInput): Promise<void> {
  return decidedAgain(async () => {
    const { request, facts } = await loadUndecided(ctx, actor, requestId);
    const { id, studentId, familyId, schoolId, planName, amount, currency } = request;
    const now = ctx.clock.now();
    const news = notify(ctx, [studentId, ...facts.deciders.map((guardian) => guardian.userId)].filter((userId) => userId !== actor.userId), {
      type: "purchase.denied", facts: { child: facts.child.name, plan: planName, by: actor.name, reason: input.reason }, path: pageOf(request), cause: `${id}.denied`, childId: studentId,
    });
    await commit(ctx.db, [
      moveRequest(ctx.db, { id, revision: request.revision, rulesRevision: facts.revision, now }, { status: "denied", decidedAt: now }),
      insertDecision(ctx.db, { id: ctx.ids.make("dec"), requestId: id, guardianId: actor.userId, outcome: "denied", note: input.reason, at: now }),
      record(ctx, actor, { action: "purchase.denied", subjectId: id, childId: studentId, familyId, schoolId, details: { amount, currency, reason: input.reason } }),
      ...news.writes,
    ]);
    await ctx.jobs.ring(news.jobIds);
  });
}
