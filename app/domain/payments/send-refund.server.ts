import { commit } from "#db/client.ts";
import { postRefund } from "#db/ledger.ts";
import { getPayment, listPayingGuardians, markRefunded } from "#db/payments.ts";
import { getRefund, settleRefund, type Refund } from "#db/refunds.ts";
import { refundInPeriods } from "#db/reservations.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { periodAt } from "../clock.ts";
import { notify } from "../notifications/notify.server.ts";
import { wasFirst } from "../races.server.ts";
import type { RefundState } from "./payment-provider.ts";
import { KEY_LIFE, minutesToReturn } from "./rules.ts";

/** Asks the provider to give money back; again under the same key if the answer was lost. */
export async function sendRefund(ctx: AppContext, refundId: string): Promise<void> {
  const refund = await getRefund(ctx.db, refundId);
  if (refund?.status !== "pending") return;
  const payment = await getPayment(ctx.db, refund.paymentId);
  if (!payment?.intentRef) throw new Error(`refund ${refundId} of a payment without a charge`);
  const late = ctx.clock.now() - refund.createdAt >= KEY_LIFE;
  const found = refund.providerRef ? await ctx.payments.fetchRefund(refund.providerRef) : late ? await ctx.payments.findRefund(refundId, payment.intentRef) : null;
  await applyRefund(ctx, found ?? (await ctx.payments.refund({ refundId, intentRef: payment.intentRef, amount: { amount: refund.amount, currency: refund.currency } })));
}

/** What the provider tells of a refund, however often: the books and the budget move once, when it has happened. */
export async function applyRefund(ctx: AppContext, state: RefundState): Promise<void> {
  const refund = state.refundId === null ? null : await getRefund(ctx.db, state.refundId);
  if (!refund || refund.status !== "pending") return;
  if (state.amount.amount !== refund.amount || state.amount.currency !== refund.currency) return ctx.log("refund.amount_differs", { refundId: refund.id, ours: refund.amount, theirs: state.amount.amount });
  // Another may tell it first.
  await wasFirst(settle(ctx, refund, state), "NOT NULL refunds.revision", "UNIQUE ledger_entries.cause_id");
}

function settle(ctx: AppContext, refund: Refund, state: RefundState): Promise<void> {
  if (state.status === "pending") return commit(ctx.db, [settleRefund(ctx.db, refund.id, { providerRef: state.refundRef })]);
  return state.status === "failed" ? refuse(ctx, refund, state) : giveBack(ctx, refund, state);
}

async function giveBack(ctx: AppContext, refund: Refund, state: RefundState): Promise<void> {
  const payment = (await getPayment(ctx.db, refund.paymentId))!;
  const at = ctx.clock.now();
  const { id: paymentId, schoolId, studentId, familyId, currency, timeZone } = payment;
  const [weekStartsOn, monthStartsOn] = [periodAt(at, "week", timeZone).startsOn, periodAt(at, "month", timeZone).startsOn];
  const minutes = minutesToReturn(payment.minutes, refund.paid, refund.refundedBefore, refund.amount);
  const told = notify(ctx, await listPayingGuardians(ctx.db, studentId, at), {
    type: "payment.refunded", facts: { child: payment.childName, plan: payment.planName, amount: refund.amount, currency }, path: `/finance/pay/${paymentId}`, cause: `${refund.id}.refunded`, childId: studentId,
  });
  await commit(ctx.db, [
    settleRefund(ctx.db, refund.id, { status: "succeeded", providerRef: state.refundRef, weekStartsOn, monthStartsOn, settledAt: at }),
    ...postRefund(ctx.db, () => ctx.ids.make("entry"), { refundId: refund.id, paymentId, schoolId, studentId, amount: refund.amount, currency, minutes, at }),
    ...refundInPeriods(ctx.db, { childId: studentId, amount: refund.amount, weekStartsOn, monthStartsOn, at }),
    ...(refund.refundedBefore + refund.amount === refund.paid ? [markRefunded(ctx.db, paymentId, at)] : []),
    record(ctx, null, { action: "refund.succeeded", subjectId: paymentId, childId: studentId, familyId, schoolId, details: { refundId: refund.id, amount: refund.amount, currency, minutes } }),
    ...told.writes,
  ]);
  await ctx.jobs.ring(told.jobIds);
}

async function refuse(ctx: AppContext, refund: Refund, state: RefundState): Promise<void> {
  const { studentId: childId, familyId, schoolId } = (await getPayment(ctx.db, refund.paymentId))!;
  await commit(ctx.db, [
    settleRefund(ctx.db, refund.id, { status: "failed", providerRef: state.refundRef, failureCode: state.failureCode ?? "refused", settledAt: ctx.clock.now() }),
    record(ctx, null, { action: "refund.failed", subjectId: refund.paymentId, childId, familyId, schoolId, details: { refundId: refund.id, failureCode: state.failureCode } }),
  ]);
}

/** A charge that must not stay: of a purchase that was paid twice, or had been given up. Nothing of it is in the books. */
export async function returnCharge(ctx: AppContext, intentRef: string): Promise<void> {
  const charge = await ctx.payments.fetchCharge(intentRef);
  if (charge.status === "succeeded") await ctx.payments.refund({ refundId: `return_${intentRef}`, intentRef, amount: charge.amount });
}
