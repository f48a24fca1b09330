import { commit, type Write } from "#db/client.ts";
import { insertDecision, insertRequest, selectPlanFor } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import { isSteppedUp, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { HOUR } from "../clock.ts";
import { loadDecisionFacts, type DecisionFacts } from "../budgets/decision-facts.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize } from "../policy.ts";
import { holdAndCharge } from "./hold-and-charge.server.ts";
import type { RequestPurchaseInput } from "./inputs.ts";
import { decidedAgain } from "./lost-race.server.ts";
import { bandOf, decidersOf, firstToAsk, type Band } from "./rules.ts";

/**
 * A child, or a guardian for a child, asks to buy a plan. Approved at once where the rule allows it; else it waits for its guardians.
 * Answers the request's id. Throws not_found, forbidden, and invalid_input for a plan that is not sold to this student.
 */
export function requestPurchase(ctx: AppContext, actor: Actor, studentId: string, input: RequestPurchaseInput, repeat: Repeat | null = null): Promise<string> {
  authorize(actor, "purchase:ask", studentId);
  return once(ctx, actor.userId, repeat, () => decidedAgain(() => ask(ctx, actor, studentId, input, repeat)));
}

type Renewal = { of: string };

/** One try at asking. Also the way an expired request is asked again. */
export async function ask(ctx: AppContext, actor: Actor, studentId: string, input: RequestPurchaseInput, repeat: Repeat | null, renewal?: Renewal): Promise<string> {
  const { facts, rest: [[sold]] } = await loadDecisionFacts(ctx, studentId, selectPlanFor(ctx.db, studentId, input.planId));
  if (!facts) throw notFound();
  if (!sold) throw invalid("planId", "plan_not_sold");
  const { plan } = sold;
  if (plan.currency !== facts.family.currency) throw invalid("planId", "plan_in_other_currency");
  const band = bandOf(plan.price, facts.rules, facts.standings);
  const now = ctx.clock.now();
  const window = facts.family.decisionWindowHours * HOUR;
  const id = ctx.ids.make("pur");
  const request = { id, studentId, familyId: facts.family.id, schoolId: plan.schoolId, planId: plan.id, planName: plan.name, amount: plan.price, currency: plan.currency, minutes: plan.minutes };
  const outcome = band === "automatic" ? approveByRule(ctx, facts, request) : waitForGuardians(ctx, actor, facts, request, band, now + window);
  await commit(ctx.db, [
    insertRequest(ctx.db, {
      ...request, requestedBy: actor.userId, message: input.message ?? null, band, status: band === "automatic" ? "approved" : "pending",
      createdAt: now, expiresAt: now + window, remindAt: now + window / 2, decidedAt: band === "automatic" ? now : null, renewalOf: renewal?.of ?? null,
    }, facts.revision),
    ...outcome.writes,
    record(ctx, actor, { action: "purchase.asked", subjectId: id, childId: studentId, familyId: facts.family.id, schoolId: plan.schoolId, details: { plan: plan.name, amount: plan.price, currency: plan.currency, band, ...(renewal ? { renewalOf: renewal.of } : {}) } }),
    ...claimRepeat(ctx, actor.userId, repeat, id),
  ]);
  await ctx.jobs.ring(outcome.jobIds);
  return id;
}

type Asked = { id: string; studentId: string; familyId: string; schoolId: string; planName: string; amount: number; currency: string };

function approveByRule(ctx: AppContext, facts: DecisionFacts, request: Asked): { writes: Write[]; jobIds: string[] } {
  const { id, studentId, familyId, schoolId, planName, amount, currency } = request;
  const charge = holdAndCharge(ctx, facts, { requestId: id, studentId, familyId, schoolId, planName, amount, currency }, { by: null, overLimit: false });
  const news = notify(ctx, facts.deciders.map((guardian) => guardian.userId), {
    type: "purchase.approved_by_rule", facts: { child: facts.child.name, plan: planName, amount, currency }, path: `/approvals/${id}`, cause: `${id}.approved`, childId: studentId,
  });
  return {
    writes: [
      insertDecision(ctx.db, { id: ctx.ids.make("dec"), requestId: id, guardianId: null, outcome: "approved", at: ctx.clock.now() }),
      ...charge.writes,
      record(ctx, null, { action: "purchase.approved", subjectId: id, childId: studentId, familyId, schoolId, details: { by: "rule", ruleSetBy: facts.rules.autoApproveUpTo?.setBy, upTo: facts.rules.autoApproveUpTo?.value, amount, currency } }),
      ...news.writes,
    ],
    jobIds: [...charge.jobIds, ...news.jobIds],
  };
}

function waitForGuardians(ctx: AppContext, actor: Actor, facts: DecisionFacts, request: Asked, band: Band, expiresAt: number): { writes: Write[]; jobIds: string[] } {
  const { id, studentId, planName, amount, currency } = request;
  const deciders = decidersOf(band, facts.policy, facts.deciders);
  const now = ctx.clock.now();
  if (expiresAt <= now) throw new DomainError("conflict", "expired");
  // Where all must agree, the guardian who asks for the child has agreed, if she has shown that it is she.
  const agreed = deciders.takes === "all" && deciders.who.length > 1 && deciders.who.some((guardian) => guardian.userId === actor.userId) && isSteppedUp(actor, now);
  const news = notify(ctx, firstToAsk(deciders).filter((userId) => userId !== actor.userId), {
    type: "purchase.asked", facts: { child: facts.child.name, plan: planName, amount, currency }, path: `/approvals/${id}`, cause: `${id}.asked`, severity: "attention", childId: studentId,
  });
  return {
    writes: [...(agreed ? [insertDecision(ctx.db, { id: ctx.ids.make("dec"), requestId: id, guardianId: actor.userId, outcome: "approved", at: now })] : []), ...news.writes],
    jobIds: news.jobIds,
  };
}
