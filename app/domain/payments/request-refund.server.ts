import { commit } from "#db/client.ts";
import { flat, selectPayment } from "#db/payments.ts";
import { insertRefund } from "#db/refunds.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { claimRepeat, firstResult, once, selectRepeat, type Repeat } from "../idempotency.server.ts";
import { planJob } from "../jobs.server.ts";
import { can, requireStepUp } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import type { RefundInput } from "./inputs.ts";
import { paymentScope } from "./scope.server.ts";

/**
 * A school's administrator gives a payment back, whole or in part. The provider is asked by a job; the books move when it says yes.
 * Throws not_found, forbidden, step_up_required, invalid_input, conflict.
 */
export function requestRefund(ctx: AppContext, actor: Actor, paymentId: string, input: RefundInput, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    const [firsts, [row]] = await ctx.db.batch([selectRepeat(ctx, actor.userId, repeat), selectPayment(ctx.db, paymentScope(actor), paymentId)]);
    const before = firstResult(repeat, firsts);
    if (before) return before;
    if (!row) throw notFound();
    const payment = flat(row);
    const { schoolId, familyId, studentId: childId, currency } = payment;
    if (!can(actor, "school:administer", schoolId)) throw new DomainError("forbidden");
    requireStepUp(actor, ctx.clock.now());

    const { refunds } = payment;
    const left = payment.amount - refunds.reduce((sum, refund) => sum + (refund.status === "failed" ? 0 : refund.amount), 0);
    const amount = input.amount?.amount ?? left;
    if (payment.status !== "succeeded") throw new DomainError("conflict", "refund_not_paid", { extra: { state: payment.status } });
    if (refunds.some((refund) => refund.status === "pending")) throw new DomainError("conflict", "refund_under_way");
    if (input.amount && input.amount.currency !== currency) throw invalid("amount", "refund_currency_differs");
    if (amount <= 0) throw invalid("amount", "refund_nothing");
    if (amount > left) throw invalid("amount", "refund_too_large");

    const id = ctx.ids.make("refund");
    const job = planJob(ctx, "send-refund", { refundId: id });
    await commit(ctx.db, [
      insertRefund(ctx.db, { id, paymentId, amount, currency, reason: input.reason, requestedBy: actor.userId, createdAt: ctx.clock.now() }),
      record(ctx, actor, { action: "refund.requested", subjectId: paymentId, childId, familyId, schoolId, details: { refundId: id, amount, currency, reason: input.reason } }),
      job.write,
      ...claimRepeat(ctx, actor.userId, repeat, id),
    ]).catch(overtaken(() => new DomainError("conflict", "refund_under_way"), "UNIQUE refunds.payment_id"))
      .catch(overtaken(() => new DomainError("conflict", "refund_not_paid"), "NOT NULL refunds.paid", "CHECK refunds_within_payment"));
    await ctx.jobs.ring([job.id]);
    return id;
  });
}
