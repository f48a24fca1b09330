import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { turnPeriods } from "#app/domain/budgets/turn-periods.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { receiveProviderEvent } from "#app/domain/payments/receive-provider-event.server.ts";
import { refreshPayment } from "#app/domain/payments/refresh-payment.server.ts";
import { requestRefund } from "#app/domain/payments/request-refund.server.ts";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { denyPurchase } from "#app/domain/purchases/deny-purchase.server.ts";
import { renewPurchase } from "#app/domain/purchases/renew-purchase.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { runJob } from "#app/domain/run-job.server.ts";
import { payAt, settle, signed } from "#tests/vendors/client.ts";
import type { TestContext } from "#tests/world.ts";
import { approvals } from "#worker/crons/approvals.ts";
import { reconcilePayments } from "#worker/crons/reconcile-payments.ts";
import type { Act } from "./acts.ts";
import { DB, type Household, type Standing } from "./household.ts";

/** What an act that was acknowledged has promised: a query that must find a row from now on. */
export type Promised = { query: string; values: unknown[] };
const row = (query: string, ...values: unknown[]): Promised[] => [{ query: `SELECT count(*) AS found FROM ${query}`, values }];

const kes = (amount: number | null) => (amount === null ? null : { amount, currency: "KES" });
const sweeps = { approvals, payments: reconcilePayments, periods: turnPeriods };

export async function perform(ctx: TestContext, home: Household, standing: Standing, act: Act): Promise<Promised[]> {
  const pick = <T>(items: T[], which: number): T | undefined => items[which % Math.max(1, items.length)];
  const person = (by: number) => home.guardians[by] ?? home.child;
  /** Mostly one of those that the act makes sense for, sometimes any. */
  const requestIn = (status: string, which: number) => {
    const fitting = standing.requests.filter((request) => request.status === status);
    return (which % 4 && fitting.length ? pick(fitting, which) : pick(standing.requests, which))?.id ?? "pur_none";
  };
  const repeat = (key: number | null, what: string) => repeatOf(key === null ? null : `${what}-${key}`, what);

  switch (act.act) {
    case "ask": {
      const planId = home.planIds[act.plan]!;
      const id = await requestPurchase(ctx, person(act.by), home.childId, { planId }, await repeat(act.key, `ask ${planId}`));
      return row("purchase_requests WHERE id = ? AND plan_id = ? AND student_id = ?", id, planId, home.childId);
    }
    case "approve": {
      const id = requestIn("pending", act.which);
      await approvePurchase(ctx, person(act.by), id, { allowOverLimit: act.allowOverLimit }, await repeat(act.key, `approve ${id}`));
      return row("purchase_decisions WHERE request_id = ? AND guardian_id = ? AND outcome = 'approved'", id, person(act.by).userId);
    }
    case "deny": {
      const id = requestIn("pending", act.which);
      await denyPurchase(ctx, person(act.by), id, { reason: "No" });
      return row("purchase_decisions d JOIN purchase_requests r ON r.id = d.request_id WHERE r.id = ? AND r.status = 'denied' AND d.guardian_id = ? AND d.outcome = 'denied'", id, person(act.by).userId);
    }
    case "cancel": {
      const id = requestIn("pending", act.which);
      await cancelPurchase(ctx, person(act.by), id);
      return row("purchase_requests WHERE id = ? AND status = 'cancelled'", id);
    }
    case "renew": {
      const id = requestIn("expired", act.which);
      const renewed = await renewPurchase(ctx, person(act.by), id);
      return row("purchase_requests WHERE id = ? AND renewal_of = ?", renewed, id);
    }
    case "set limits": {
      const { week, month, auto, threshold, rollover } = act;
      await setBudgetControl(ctx, person(act.by), { childId: home.childId, weeklyLimit: kes(week), monthlyLimit: kes(month), autoApproveUpTo: kes(threshold === null ? auto : Math.min(auto, threshold)), approvalThreshold: kes(threshold), rollover });
      return row("audit_events WHERE action = 'budget_control.set' AND actor_id = ? AND at = ? AND details ->> '$.new.weeklyLimit' IS ? AND details ->> '$.new.rollover' = ?", person(act.by).userId, ctx.clock.now(), week, rollover);
    }
    case "set policy":
      await setDecisionPolicy(ctx, person(act.by), home.childId, act.policy);
      return row("audit_events WHERE action = 'decision_policy.set' AND actor_id = ? AND at = ? AND details ->> '$.new' = ?", person(act.by).userId, ctx.clock.now(), act.policy);
    case "pay again": {
      const open = standing.payments.filter((payment) => payment.status !== "succeeded" && payment.status !== "refunded");
      const requestId = pick(open.length ? open : standing.payments, act.which)?.requestId ?? "pur_none";
      const { paymentId } = await startPayment(ctx, person(act.by), requestId, { with: act.with, allowOverLimit: act.allowOverLimit });
      return row("payments WHERE id = ? AND request_id = ?", paymentId, requestId);
    }
    case "pay at checkout": {
      const page = pick(home.checkouts, act.which);
      if (page) await payAt(page, act.card, act.card.endsWith("3184") ? (act.refuse ? "/refuse" : "/confirm") : "");
      return [];
    }
    case "come back from checkout": {
      const payment = pick(standing.payments, act.which);
      if (payment) await refreshPayment(ctx, payment.id);
      return [];
    }
    case "refund": {
      const paid = standing.payments.filter((payment) => payment.status === "succeeded");
      const payment = pick(paid.length ? paid : standing.payments, act.which);
      const amount = payment && act.part < 1 ? { amount: kes(Math.floor(payment.amount * act.part))! } : {};
      const id = await requestRefund(ctx, home.admin, payment?.id ?? "pay_none", { ...amount, reason: "Moved away" }, await repeat(act.key, `refund ${payment?.id}`));
      return row("refunds WHERE id = ? AND payment_id = ?", id, payment?.id);
    }
    case "hear webhook": {
      const sent = pick([...home.mail].reverse(), act.which);
      return sent ? hear(ctx, sent, act.how) : [];
    }
    case "settle at the bank": {
      const refund = pick(standing.refunds, act.which);
      const waiting = pick(standing.payments.filter((payment) => payment.status === "processing" && payment.intentRef), act.which);
      if (waiting) await settle({ intent: waiting.intentRef! }, act.outcome);
      if (refund) await settle({ refund: refund.providerRef }, act.outcome);
      return [];
    }
    case "sweep":
      await sweeps[act.what](ctx);
      return [];
    case "work":
      await work(ctx, act.jobs);
      return [];
  }
}

export async function hear(ctx: TestContext, sent: Household["mail"][number], how: "once" | "thrice" | "forged" | "stale"): Promise<Promised[]> {
  const event = JSON.parse(sent.payload) as { id: string };
  const { payload, signature } = how === "forged" ? await signed({ ...event, id: `${event.id}_forged` }, { secret: "whsec_of_somebody_else" }) : how === "stale" ? await signed({ ...event, id: `${event.id}_stale` }, { at: Date.now() - 3_600_000 }) : await signed(event);
  const heard = await Promise.all(Array.from({ length: how === "thrice" ? 3 : 1 }, () => receiveProviderEvent(ctx, payload, signature)));
  const bad = how === "forged" || how === "stale";
  if (heard.some((outcome) => (outcome === "refused") !== bad)) throw new Error(`a webhook that is ${how} was ${heard.join(", ")}`);
  return heard.includes("stored") || heard.includes("known") ? row("provider_events WHERE event_id = ?", event.id) : [];
}

/** Some of the jobs that are due, as the queue would; mail is left out. */
export async function work(ctx: TestContext, most: number): Promise<number> {
  const { results } = await DB.prepare("SELECT id FROM jobs WHERE status IN ('waiting', 'running') AND available_at <= ? AND kind <> 'deliver-notification' ORDER BY available_at LIMIT ?").bind(ctx.clock.now(), most).all<{ id: string }>();
  let ran = 0;
  for (const { id } of results) if (await runJob(ctx, id)) ran++;
  return ran;
}
