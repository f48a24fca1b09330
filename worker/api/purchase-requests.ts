import * as z from "zod";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { effectAsMoney } from "#app/domain/budgets/rules.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { denyPurchase } from "#app/domain/purchases/deny-purchase.server.ts";
import { ApprovePurchaseInput, DenyPurchaseInput, RequestPurchaseInput } from "#app/domain/purchases/inputs.ts";
import { getPurchasePage, listPurchases, type PurchaseBrief } from "#app/domain/purchases/purchase-page.server.ts";
import { renewPurchase } from "#app/domain/purchases/renew-purchase.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { BudgetEffectView, Instant, isoTime, MoneyView } from "./views.ts";

const Status = z.enum(["pending", "approved", "denied", "expired", "cancelled"]);

const PurchaseRequestView = z.object({
  id: z.string(), studentId: z.string(), planId: z.string(), planName: z.string(), amount: MoneyView, hours: z.number().nullable(), status: Status, band: z.enum(["automatic", "single", "policy"]),
  requestedBy: z.string(), createdAt: Instant, expiresAt: Instant, message: z.string().nullable(), renewalOf: z.string().nullable(),
  decisions: z.array(z.object({ by: z.string(), byName: z.string().nullable(), outcome: z.enum(["approved", "denied"]), overLimit: z.boolean(), at: Instant, note: z.string().nullable() })),
  budgetEffect: z.array(BudgetEffectView).optional(),
  payment: z.object({ id: z.string(), status: z.enum(["pending", "processing", "succeeded", "failed", "refunded"]) }).nullable(),
}).meta({ id: "PurchaseRequest" });

const viewOf = (purchase: PurchaseBrief) => ({
  id: purchase.id, studentId: purchase.studentId, planId: purchase.planId, planName: purchase.planName, amount: { amount: purchase.amount, currency: purchase.currency }, hours: purchase.minutes === null ? null : purchase.minutes / 60,
  status: purchase.status, band: purchase.band, requestedBy: purchase.requestedBy, createdAt: isoTime(purchase.createdAt), expiresAt: isoTime(purchase.expiresAt), message: purchase.message, renewalOf: purchase.renewalOf,
  decisions: purchase.decisions.map((decision) => ({ ...decision, at: isoTime(decision.at) })),
  payment: purchase.payment && { id: purchase.payment.id, status: purchase.payment.status },
});

async function answer(ctx: AppContext, actor: Actor, requestId: string) {
  const page = await getPurchasePage(ctx, actor, requestId);
  return { ...viewOf(page), budgetEffect: page.effect.map((effect) => effectAsMoney(effect, page.currency)) };
}

const RequestPath = z.object({ requestId: z.string() });
const tag = "Purchases";

export const purchaseRequests = [
  endpoint({
    method: "post", path: "/students/{studentId}/purchase-requests", tag, summary: "Ask to buy a plan", actor: "required", policy: "purchase:ask",
    params: z.object({ studentId: z.string() }), body: RequestPurchaseInput, answers: { 201: PurchaseRequestView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const id = await requestPurchase(ctx, actor, params.studentId, body, await repeatOf(idempotencyKey, ["purchase-request", params, body]));
      return { status: 201, body: await answer(ctx, actor, id) };
    },
  }),
  endpoint({
    method: "get", path: "/purchase-requests", tag, summary: "Requests of the children whose purchases the caller may see", actor: "required", policy: "own",
    query: Paging.extend({ status: Status.optional(), studentId: z.string().optional() }), answers: { 200: pageOf(PurchaseRequestView) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listPurchases(ctx, actor, { status: query.status, studentId: query.studentId, before: query.cursor, limit: query.limit });
      return { status: 200, body: { items: items.map(viewOf), nextCursor } };
    },
  }),
  endpoint({
    method: "get", path: "/purchase-requests/{requestId}", tag, summary: "One request, with its effect on the budget", actor: "required", policy: "purchase:view",
    params: RequestPath, answers: { 200: PurchaseRequestView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: await answer(ctx, actor, params.requestId) }),
  }),
  endpoint({
    method: "post", path: "/purchase-requests/{requestId}/approval", tag, summary: "Approve; needs a step-up", actor: "required", policy: "purchase:approve",
    params: RequestPath, body: ApprovePurchaseInput, answers: { 200: PurchaseRequestView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      await approvePurchase(ctx, actor, params.requestId, body, await repeatOf(idempotencyKey, ["approval", params, body]));
      return { status: 200, body: await answer(ctx, actor, params.requestId) };
    },
  }),
  endpoint({
    method: "post", path: "/purchase-requests/{requestId}/denial", tag, summary: "Deny, with the reason", actor: "required", policy: "purchase:approve",
    params: RequestPath, body: DenyPurchaseInput, answers: { 200: PurchaseRequestView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await denyPurchase(ctx, actor, params.requestId, body);
      return { status: 200, body: await answer(ctx, actor, params.requestId) };
    },
  }),
  endpoint({
    method: "post", path: "/purchase-requests/{requestId}/renewal", tag, summary: "Ask again what expired", actor: "required", policy: "purchase:ask",
    params: RequestPath, answers: { 201: PurchaseRequestView }, refusals: [409],
    handle: async ({ ctx, actor, params, idempotencyKey }) => ({ status: 201, body: await answer(ctx, actor, await renewPurchase(ctx, actor, params.requestId, await repeatOf(idempotencyKey, ["renewal", params]))) }),
  }),
  endpoint({
    method: "post", path: "/purchase-requests/{requestId}/cancellation", tag, summary: "Take back a waiting request", actor: "required", policy: "purchase:cancel",
    params: RequestPath, answers: { 200: PurchaseRequestView }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await cancelPurchase(ctx, actor, params.requestId);
      return { status: 200, body: await answer(ctx, actor, params.requestId) };
    },
  }),
];
