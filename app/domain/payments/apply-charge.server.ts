import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { postPayment } from "#db/ledger.ts";
import { insertJob } from "#db/operation.ts";
import { changeOpenPayment, getPayment, listPayingGuardians, type PaymentFor } from "#db/payments.ts";
import { captureReservation, releaseReservation } from "#db/reservations.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { wasFirst } from "../races.server.ts";
import type { ChargeState } from "./payment-provider.ts";
import { consequenceOf, nextCheck } from "./rules.ts";

/**
 * The only way a payment changes its state: by a charge as the provider tells it, whether that is the answer to ours, a webhook's
 * truth or a sweep's. It may come twice, late and in any order.
 */
export async function applyCharge(ctx: AppContext, paymentId: string, charge: ChargeState): Promise<void> {
  for (let tries = 1; ; tries++) {
    const payment = await getPayment(ctx.db, paymentId);
    if (!payment || (charge.paymentId !== null && charge.paymentId !== paymentId)) return ctx.log("payment.unknown_charge", { paymentId, intentRef: charge.intentRef });
    try {
      return await apply(ctx, payment, charge);
    } catch (error) {
      // Another webhook, job or sweep was quicker: look again at what it left.
      if (tries === 3 || !broke(error, "NOT NULL payments.revision", "UNIQUE ledger_entries.cause_id")) throw error;
    }
  }
}

async function apply(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  switch (consequenceOf(payment, charge)) {
    case "capture":
      return capture(ctx, payment, charge);
    case "fail":
      return fail(ctx, payment, charge);
    case "ask_cardholder":
      return askCardholder(ctx, payment, charge);
    case "wait":
      return wait(ctx, payment, charge);
    case "return":
      return sendBack(ctx, payment, charge);
    case "review":
      return keepForReview(ctx, payment, charge);
    case "nothing":
      return;
  }
}

async function capture(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  const at = ctx.clock.now();
  const { id: paymentId, requestId, studentId, schoolId, amount, currency, minutes } = payment;
  const told = await tell(ctx, payment, "payment.succeeded", "info");
  await commit(ctx.db, [
    changeOpenPayment(ctx.db, paymentId, { status: "succeeded", intentRef: charge.intentRef, failureCode: null, checkoutUrl: null, checkAt: null, updatedAt: at }),
    ...postPayment(ctx.db, () => ctx.ids.make("entry"), { paymentId, schoolId, studentId, amount, currency, minutes, at }),
    ...captureReservation(ctx.db, requestId, at),
    audit(ctx, payment, "payment.succeeded", charge),
    ...told.writes,
  ]);
  await ctx.jobs.ring(told.jobIds);
}

async function fail(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  const at = ctx.clock.now();
  const told = await tell(ctx, payment, "payment.failed", "attention");
  await commit(ctx.db, [
    changeOpenPayment(ctx.db, payment.id, { status: "failed", intentRef: charge.intentRef, failureCode: charge.failureCode ?? "refused", checkoutUrl: null, checkAt: null, updatedAt: at }),
    ...releaseReservation(ctx.db, payment.requestId, at),
    audit(ctx, payment, "payment.failed", charge),
    ...told.writes,
  ]);
  await ctx.jobs.ring(told.jobIds);
}

/** The bank wants the guardian herself: the payment stays open, and she is asked to come. */
async function askCardholder(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  const now = ctx.clock.now();
  if (payment.status === "pending" && payment.intentRef === charge.intentRef && payment.failureCode === "authentication_required") return;
  const told = notify(ctx, await listPayingGuardians(ctx.db, payment.studentId, now), {
    type: "payment.needed", facts: factsOf(payment), path: `/finance/pay/${payment.id}`, cause: `${payment.id}.cardholder`, severity: "attention", childId: payment.studentId,
  });
  await commit(ctx.db, [
    changeOpenPayment(ctx.db, payment.id, { status: "pending", intentRef: charge.intentRef, failureCode: "authentication_required", checkAt: nextCheck(payment.createdAt, now), updatedAt: now }),
    audit(ctx, payment, "payment.needs_cardholder", charge),
    ...told.writes,
  ]);
  await ctx.jobs.ring(told.jobIds);
}

/** Accepted is not paid. */
async function wait(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  const now = ctx.clock.now();
  await commit(ctx.db, [changeOpenPayment(ctx.db, payment.id, { status: "processing", intentRef: charge.intentRef, checkAt: nextCheck(payment.createdAt, now), updatedAt: now })]);
}

/** Money for a purchase that is already paid, or was given up: back to where it came from, once for each charge. */
async function sendBack(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  if (!charge.intentRef) return;
  const now = ctx.clock.now();
  const id = `job_return_${charge.intentRef}`;
  const planned = commit(ctx.db, [
    insertJob(ctx.db, { id, kind: "return-charge", payload: { paymentId: payment.id, intentRef: charge.intentRef }, availableAt: now, createdAt: now }),
    audit(ctx, payment, "payment.charge_returned", charge),
  ]);
  if (await wasFirst(planned, "UNIQUE jobs.id")) await ctx.jobs.ring([id]);
}

/** Never captured: somebody must look why the provider took another amount than ours. */
async function keepForReview(ctx: AppContext, payment: PaymentFor, charge: ChargeState): Promise<void> {
  if (payment.failureCode === "amount_differs") return;
  ctx.log("payment.amount_differs", { paymentId: payment.id, ours: payment.amount, theirs: charge.amount.amount });
  await commit(ctx.db, [
    changeOpenPayment(ctx.db, payment.id, { status: "processing", intentRef: charge.intentRef, failureCode: "amount_differs", checkAt: null, updatedAt: ctx.clock.now() }),
    audit(ctx, payment, "payment.amount_differs", charge),
  ]);
}

const factsOf = (payment: PaymentFor) => ({ child: payment.childName, plan: payment.planName, amount: payment.amount, currency: payment.currency });

/** The guardians who pay, each with the way to the payment, and the child with the way to the own request. */
async function tell(ctx: AppContext, payment: PaymentFor, type: "payment.succeeded" | "payment.failed", severity: "info" | "attention"): Promise<{ writes: Write[]; jobIds: string[] }> {
  const guardians = await listPayingGuardians(ctx.db, payment.studentId, ctx.clock.now());
  const news = { type, facts: factsOf(payment), cause: `${payment.id}.${type}`, severity, childId: payment.studentId };
  const told = [notify(ctx, guardians, { ...news, path: `/finance/pay/${payment.id}` }), notify(ctx, [payment.studentId], { ...news, path: `/requests/${payment.requestId}` })];
  return { writes: told.flatMap(({ writes }) => writes), jobIds: told.flatMap(({ jobIds }) => jobIds) };
}

const audit = (ctx: AppContext, payment: PaymentFor, action: string, charge: ChargeState): Write =>
  record(ctx, null, {
    action, subjectId: payment.id, childId: payment.studentId, familyId: payment.familyId, schoolId: payment.schoolId,
    details: { requestId: payment.requestId, intentRef: charge.intentRef, amount: charge.amount.amount, currency: charge.amount.currency, failureCode: charge.failureCode },
  });
