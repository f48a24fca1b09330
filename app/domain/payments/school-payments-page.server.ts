import { flat, selectPayment, selectPayments, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import { byId, pageOf, type Page, type Paging } from "../paging.ts";
import { paymentScope } from "./scope.server.ts";

type Brief = Pick<PaymentFor, "id" | "planName" | "childName" | "amount" | "currency" | "status" | "createdAt">;
type Refundable = Brief & { left: number; refunds: Pick<PaymentFor["refunds"][number], "id" | "amount" | "currency" | "status" | "createdAt">[] };

/** What was paid to the schools that the actor administers, newest first. Throws forbidden. */
export async function listSchoolPayments(ctx: AppContext, actor: Actor, page: Paging): Promise<Page<Brief>> {
  const found = (await selectPayments(ctx.db, schoolScope(actor), { limit: page.limit + 1, before: page.cursor })).map(flat);
  const { items, nextCursor } = pageOf(found, page.limit, byId);
  return { items: items.map(briefOf), nextCursor };
}

/** One of them, with what went back and what is left. Throws not_found, forbidden. */
export async function getRefundable(ctx: AppContext, actor: Actor, paymentId: string): Promise<Refundable> {
  const [row] = await selectPayment(ctx.db, schoolScope(actor), paymentId);
  if (!row) throw notFound();
  const payment = flat(row);
  return {
    ...briefOf(payment),
    refunds: payment.refunds.map(({ id, amount, currency, status, createdAt }) => ({ id, amount, currency, status, createdAt })),
    left: payment.amount - payment.refunds.reduce((sum, refund) => sum + (refund.status === "failed" ? 0 : refund.amount), 0),
  };
}

const briefOf = ({ id, planName, childName, amount, currency, status, createdAt }: PaymentFor): Brief => ({ id, planName, childName, amount, currency, status, createdAt });

function schoolScope(actor: Actor) {
  const { schoolIds } = paymentScope(actor);
  if (schoolIds.length === 0) throw new DomainError("forbidden");
  return { schoolIds, studentIds: [] };
}
