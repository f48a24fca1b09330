import { commit, type Write } from "#db/client.ts";
import { childOfRequest, selectPaymentsOf, selectRequest } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { loadDecisionFacts } from "../budgets/decision-facts.server.ts";
import { budgetEffect, effectAsMoney, fits } from "../budgets/rules.ts";
import { DomainError, notFound } from "../errors.ts";
import { claimRepeat, firstResult, selectRepeat, type Repeat } from "../idempotency.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { holdAndCharge } from "./hold-and-charge.server.ts";
import { decidedAgain } from "./lost-race.server.ts";
import { knownChildren } from "./undecided.server.ts";

/**
 * A guardian pays anew for an approved purchase whose payment failed: the budget is held again, now, and a new payment is planned, by
 * saved card or by Checkout. `along` stands in the same batch. Answers the payment's id. Throws not_found, forbidden, step_up_required, conflict, over_limit.
 */
export function reserveAgain(ctx: AppContext, actor: Actor, requestId: string, how: { byCard: boolean; allowOverLimit: boolean; repeat: Repeat | null; along?: (paymentId: string) => Write[] }): Promise<string> {
  return decidedAgain(async () => {
    const childIds = knownChildren(actor);
    const { facts, rest: [firsts, [request], [payment]] } = await loadDecisionFacts(ctx, childOfRequest(childIds, requestId), selectRepeat(ctx, actor.userId, how.repeat), selectRequest(ctx.db, childIds, requestId), selectPaymentsOf(ctx.db, requestId));
    const before = firstResult(how.repeat, firsts);
    if (before) return before;
    if (!request || !facts) throw notFound();
    authorize(actor, "purchase:pay", request.studentId);
    requireStepUp(actor, ctx.clock.now());
    if (payment?.status === "pending" || payment?.status === "processing") throw new DomainError("payment_in_progress");
    if (request.status !== "approved" || payment?.status !== "failed") throw new DomainError("conflict", "nothing_to_pay", { extra: { state: request.status, payment: payment?.status ?? null } });
    const over = !fits(request.amount, facts.standings);
    if (over && !how.allowOverLimit) throw new DomainError("over_limit", "over_limit", { extra: { budgetEffect: budgetEffect(request.amount, facts.standings).map((effect) => effectAsMoney(effect, request.currency)) } });
    const { id, studentId, familyId, schoolId, planName, amount, currency } = request;
    const cards = how.byCard ? facts.cards : [];
    const charge = holdAndCharge(ctx, { ...facts, cards }, { requestId: id, studentId, familyId, schoolId, planName, amount, currency }, { by: actor.userId, overLimit: over });
    await commit(ctx.db, [
      ...charge.writes,
      ...(how.along?.(charge.paymentId) ?? []),
      ...claimRepeat(ctx, actor.userId, how.repeat, charge.paymentId),
      record(ctx, actor, { action: "payment.tried_again", subjectId: charge.paymentId, childId: studentId, familyId, schoolId, details: { requestId, amount, currency, ...(over ? { overLimit: budgetEffect(amount, facts.standings) } : {}) } }),
    ]);
    await ctx.jobs.ring(charge.jobIds);
    return charge.paymentId;
  });
}
