import type { Write } from "#db/client.ts";
import { insertReservation } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { DecisionFacts } from "../budgets/decision-facts.server.ts";
import { planJob } from "../jobs.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { chooseCard } from "../payments/choose-card.ts";
import { planCharge, type Payable } from "../payments/plan-charge.server.ts";

type Approved = Payable & { planName: string };

/** What follows from an approval, for the same batch: the budget is held, the payment planned, a look at the alerts ordered. */
export function holdAndCharge(ctx: AppContext, facts: DecisionFacts, request: Approved, approval: { by: string | null; overLimit: boolean }): { writes: Write[]; jobIds: string[]; paymentId: string } {
  const card = chooseCard(facts.cards, approval.by);
  const { planName, ...payable } = request;
  const charge = planCharge(ctx, payable, card);
  const alerts = planJob(ctx, "announce-budget", { childId: request.studentId });
  const unpaid = card ? { writes: [], jobIds: [] } : notify(ctx, facts.deciders.map((guardian) => guardian.userId), {
    type: "payment.needed",
    facts: { child: facts.child.name, plan: planName, amount: request.amount, currency: request.currency },
    path: `/finance/pay/${charge.paymentId}`,
    cause: `${charge.paymentId}.needed`,
    severity: "attention",
    childId: request.studentId,
  });
  return {
    paymentId: charge.paymentId,
    writes: [...hold(ctx, facts, request, approval.overLimit), ...charge.writes, alerts.write, ...unpaid.writes],
    jobIds: [...charge.jobIds, alerts.id, ...unpaid.jobIds],
  };
}

function hold(ctx: AppContext, facts: DecisionFacts, request: Approved, overLimit: boolean): Write[] {
  const [week, month] = facts.standings as [DecisionFacts["standings"][number], DecisionFacts["standings"][number]];
  return insertReservation(ctx.db, {
    id: ctx.ids.make("res"), requestId: request.requestId, childId: request.studentId, amount: request.amount, currency: request.currency, overLimit, now: ctx.clock.now(), rulesRevision: facts.revision,
    week: { startsOn: week.startsOn, limit: week.limit }, month: { startsOn: month.startsOn, limit: month.limit },
  });
}
