import { flat, selectPayment, selectPayments, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { byId, pageOf, type Page, type Paging } from "../paging.ts";
import { can } from "../policy.ts";
import { paymentScope } from "./scope.server.ts";

export type PaymentPage = PaymentFor & { refunded: number; mayPay: boolean };

/** One payment, with what went back. Throws not_found. */
export async function getPaymentPage(ctx: AppContext, actor: Actor, paymentId: string): Promise<PaymentPage> {
  const [row] = await selectPayment(ctx.db, paymentScope(actor), paymentId);
  if (!row) throw notFound();
  const payment = flat(row);
  return { ...payment, refunded: refundedOf(payment), mayPay: can(actor, "purchase:pay", payment.studentId) };
}

/** What has gone back already. */
const refundedOf = (payment: PaymentFor) => payment.refunds.reduce((sum, refund) => sum + (refund.status === "succeeded" ? refund.amount : 0), 0);

/** Newest first: all that the actor may see, or one child's, or one request's. */
export async function listPayments(ctx: AppContext, actor: Actor, page: Paging & { studentId?: string | undefined; requestId?: string | undefined }): Promise<Page<PaymentFor>> {
  const found = (await selectPayments(ctx.db, paymentScope(actor), { limit: page.limit + 1, before: page.cursor, studentId: page.studentId, requestId: page.requestId })).map(flat);
  return pageOf(found, page.limit, byId);
}
