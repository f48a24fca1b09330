import { commit } from "#db/client.ts";
import { insertDecision, moveRequest } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { budgetEffect, effectAsMoney, fits } from "../budgets/rules.ts";
import { DomainError } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { requireStepUp } from "../policy.ts";
import { holdAndCharge } from "./hold-and-charge.server.ts";
import type { ApprovePurchaseInput } from "./inputs.ts";
import { decidedAgain } from "./lost-race.server.ts";
import { loadUndecided } from "./undecided.server.ts";
import { pageOf, stillAwaited } from "./rules.ts";

/**
 * A guardian approves. The approval that completes the decision holds the budget and plans the payment, in one write.
 * Throws not_found, forbidden, step_up_required, conflict (with the state and who decided), over_limit (with the effect).
 */
export function approvePurchase(ctx: AppContext, actor: Actor, requestId: string, input: ApprovePurchaseInput, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, () => decidedAgain(() => approve(ctx, actor, requestId, input, repeat)));
}

async function approve(ctx: AppContext, actor: Actor, requestId: string, input: ApprovePurchaseInput, repeat: Repeat | null): Promise<string> {
  const { request, facts, deciders, decisions } = await loadUndecided(ctx, actor, requestId);
  requireStepUp(actor, ctx.clock.now());
  const now = ctx.clock.now();
  const completes = stillAwaited(deciders, decisions.map(({ decision }) => decision.guardianId), actor.userId).length === 0;
  const over = completes && !fits(request.amount, facts.standings);
  if (over && !input.allowOverLimit) throw new DomainError("over_limit", "over_limit", { extra: { budgetEffect: budgetEffect(request.amount, facts.standings).map((effect) => effectAsMoney(effect, request.currency)) } });
  const { id, studentId, familyId, schoolId, planName, amount, currency } = request;
  const charge = completes ? holdAndCharge(ctx, facts, { requestId: id, studentId, familyId, schoolId, planName, amount, currency }, { by: actor.userId, overLimit: over }) : null;
  const news = completes
    ? notify(ctx, [studentId, ...facts.deciders.map((guardian) => guardian.userId)].filter((userId) => userId !== actor.userId), {
        type: "purchase.approved", facts: { child: facts.child.name, plan: planName, amount, currency, by: actor.name }, path: pageOf(request), cause: `${id}.approved`, childId: studentId,
      })
    : { writes: [], jobIds: [] };
  await commit(ctx.db, [
    moveRequest(ctx.db, { id, revision: request.revision, rulesRevision: facts.revision, now }, completes ? { status: "approved", decidedAt: now } : { status: "pending" }),
    insertDecision(ctx.db, { id: ctx.ids.make("dec"), requestId: id, guardianId: actor.userId, outcome: "approved", overLimit: over, note: input.note ?? null, at: now }),
    ...(charge?.writes ?? []),
    record(ctx, actor, { action: completes ? "purchase.approved" : "purchase.approval_given", subjectId: id, childId: studentId, familyId, schoolId, details: { amount, currency, note: input.note, ...(over ? { overLimit: budgetEffect(amount, facts.standings) } : {}) } }),
    ...news.writes,
    ...claimRepeat(ctx, actor.userId, repeat, id),
  ]);
  await ctx.jobs.ring([...(charge?.jobIds ?? []), ...news.jobIds]);
  return id;
}
