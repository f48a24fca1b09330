import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { RefundInput, StartPaymentInput } from "#app/domain/payments/inputs.ts";
import { getPaymentPage, listPayments, type PaymentPage } from "#app/domain/payments/payment-page.server.ts";
import { requestRefund } from "#app/domain/payments/request-refund.server.ts";
import { startPayment } from "#app/domain/payments/start-payment.server.ts";
import type { PaymentFor, RefundBrief } from "#db/payments.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull, MoneyView } from "./views.ts";

const RefundView = z.object({ id: z.string(), paymentId: z.string(), amount: MoneyView, status: z.enum(["pending", "succeeded", "failed"]), reason: z.string(), createdAt: Instant, settledAt: Instant.nullable() }).meta({ id: "Refund" });

const payment = {
  id: z.string(), requestId: z.string(), studentId: z.string(), schoolId: z.string(), planName: z.string(), amount: MoneyView, provider: z.literal("stripe"),
  status: z.enum(["pending", "processing", "succeeded", "failed", "refunded"]), failureCode: z.string().nullable(), createdAt: Instant, updatedAt: Instant,
};
const PaymentView = z.object(payment).meta({ id: "Payment" });
const PaymentDetailView = z.object({ ...payment, checkoutUrl: z.url().nullable(), refunded: MoneyView, refunds: z.array(RefundView) }).meta({ id: "PaymentDetail" });

const viewOf = ({ id, requestId, studentId, schoolId, planName, amount, currency, provider, status, failureCode, createdAt, updatedAt }: PaymentFor) =>
  ({ id, requestId, studentId, schoolId, planName, amount: { amount, currency }, provider, status, failureCode, createdAt: isoTime(createdAt), updatedAt: isoTime(updatedAt) });
const refundView = ({ id, paymentId, amount, currency, status, reason, createdAt, settledAt }: RefundBrief) =>
  ({ id, paymentId, amount: { amount, currency }, status, reason, createdAt: isoTime(createdAt), settledAt: isoTimeOrNull(settledAt) });
/** Where to pay is told only to who may pay. */
const detailOf = (page: PaymentPage) =>
  ({ ...viewOf(page), checkoutUrl: page.mayPay ? page.checkoutUrl : null, refunded: { amount: page.refunded, currency: page.currency }, refunds: page.refunds.map(refundView) });

const PaymentPath = z.object({ paymentId: z.string() });
const tag = "Payments";

export const payments = [
  endpoint({
    method: "get", path: "/payments", tag, summary: "Payments of the caller's children and schools, newest first", actor: "required", policy: "own",
    query: Paging.extend({ studentId: z.string().optional(), requestId: z.string().optional() }), answers: { 200: pageOf(PaymentView) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listPayments(ctx, actor, query);
      return { status: 200, body: { items: items.map(viewOf), nextCursor } };
    },
  }),
  endpoint({
    method: "get", path: "/payments/{paymentId}", tag, summary: "One payment, with its refunds", actor: "required", policy: "purchase:view", params: PaymentPath, answers: { 200: PaymentDetailView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: detailOf(await getPaymentPage(ctx, actor, params.paymentId)) }),
  }),
  endpoint({
    method: "post", path: "/payments", tag, summary: "Pay for an approved purchase at the provider's Checkout, or again after a failure", actor: "required", policy: "purchase:pay",
    body: StartPaymentInput, answers: { 201: PaymentDetailView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => {
      const { paymentId } = await startPayment(ctx, actor, body.requestId, body, await repeatOf(idempotencyKey, ["payment", body]));
      return { status: 201, body: detailOf(await getPaymentPage(ctx, actor, paymentId)) };
    },
  }),
  endpoint({
    method: "post", path: "/payments/{paymentId}/refunds", tag, summary: "Give a payment back, whole or in part; needs a step-up", actor: "required", policy: "school:administer",
    params: PaymentPath, body: RefundInput, answers: { 201: RefundView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const id = await requestRefund(ctx, actor, params.paymentId, body, await repeatOf(idempotencyKey, ["refund", params, body]));
      const { refunds } = await getPaymentPage(ctx, actor, params.paymentId);
      return { status: 201, body: refundView(refunds.find((refund) => refund.id === id)!) };
    },
  }),
];
