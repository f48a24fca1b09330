import { childOfRequest, selectAsker, selectDecisions, selectDecisionsOfPage, selectPaymentsOf, selectPaymentsOfPage, selectRequest, selectRequests, selectReservation, type PurchaseRequest, type RequestFilter } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { loadDecisionFacts } from "../budgets/decision-facts.server.ts";
import { budgetEffect, type BudgetEffect } from "../budgets/rules.ts";
import { notFound } from "../errors.ts";
import { pageOf, type Page } from "../paging.ts";
import { chooseCard } from "../payments/choose-card.ts";
import { authorize, can } from "../policy.ts";
import { bandOf, decidersOf, statusAt, stillAwaited, type Decider, type RequestStatus } from "./rules.ts";
import { knownChildren } from "./undecided.server.ts";

type Decision = { by: string; byName: string | null; outcome: "approved" | "denied"; overLimit: boolean; at: number; note: string | null };
type PaymentBrief = { id: string; status: "pending" | "processing" | "succeeded" | "failed" | "refunded"; hasCard: boolean };

/** A purchase as told in lists. */
export type PurchaseBrief = Omit<PurchaseRequest, "status" | "revision" | "remindAt" | "remindedAt"> & { status: RequestStatus; childName: string; decisions: Decision[]; payment: PaymentBrief | null };

/** One purchase with all that a guardian needs before deciding, and a child needs to understand it. */
export type PurchasePage = PurchaseBrief & {
  askedByName: string;
  /** While it waits: what approving would do now. Afterwards: what it did. */
  effect: BudgetEffect[];
  overLimit: boolean;
  /** Who decides, by the rules in force now. */
  takes: "one" | "all";
  deciders: Decider[];
  awaited: Decider[];
  primaryMissing: boolean;
  /** Whether this reader may decide now. */
  mayDecide: boolean;
  mayCancel: boolean;
  /** Which card pays if this reader approves; null: somebody pays by Checkout. Told to whom may decide only. */
  card: { own: boolean; ownerName: string; brand: string; last4: string } | null;
};

/** Throws not_found, forbidden. */
export async function getPurchasePage(ctx: AppContext, actor: Actor, requestId: string): Promise<PurchasePage> {
  const childIds = knownChildren(actor);
  const { facts, rest: [[request], decisionRows, paymentRows, [reservation], [asker]] } = await loadDecisionFacts(
    ctx,
    childOfRequest(childIds, requestId),
    selectRequest(ctx.db, childIds, requestId),
    selectDecisions(ctx.db, requestId),
    selectPaymentsOf(ctx.db, requestId),
    selectReservation(ctx.db, requestId),
    selectAsker(ctx.db, requestId),
  );
  if (!request || !facts) throw notFound();
  // Of an account that was merged into the child's: the child's guardians read it, and nobody acts on it any more.
  authorize(actor, "purchase:view", facts.child.id);
  const brief = briefOf({ request, childName: facts.child.name }, decisionRows, paymentRows, ctx.clock.now());
  const pending = brief.status === "pending";
  const band = bandOf(request.amount, facts.rules, facts.standings) === "policy" ? "policy" : "single";
  const deciders = decidersOf(band, facts.policy, facts.deciders);
  const approvedBy = brief.decisions.filter((decision) => decision.outcome === "approved").map((decision) => decision.by);
  const mayDecide = pending && can(actor, "purchase:approve", request.studentId) && deciders.who.some((guardian) => guardian.userId === actor.userId) && !approvedBy.includes(actor.userId);
  const card = mayDecide ? chooseCard(facts.cards, actor.userId) : null;
  return {
    ...brief,
    askedByName: asker!.name,
    effect: pending ? budgetEffect(request.amount, facts.standings) : reservation ? effectOf(reservation) : [],
    overLimit: pending ? budgetEffect(request.amount, facts.standings).some((effect) => effect.overBy > 0) : (reservation?.overLimit ?? false),
    takes: deciders.takes,
    deciders: deciders.who,
    awaited: deciders.takes === "all" ? stillAwaited(deciders, approvedBy, "") : deciders.who,
    primaryMissing: deciders.primaryMissing,
    mayDecide,
    mayCancel: pending && (actor.userId === request.studentId || actor.userId === request.requestedBy) && can(actor, "purchase:cancel", request.studentId),
    card: card && { own: card.userId === actor.userId, ownerName: card.ownerName, brand: card.brand, last4: card.last4 },
  };
}

type Listed = { request: PurchaseRequest; childName: string };
type DecisionRows = Awaited<ReturnType<typeof selectDecisions>>;
type PaymentRows = Awaited<ReturnType<typeof selectPaymentsOf>>;

export function briefOf({ request, childName }: Listed, decisionRows: DecisionRows, paymentRows: PaymentRows, now: number): PurchaseBrief {
  const { revision: _revision, remindAt: _remindAt, remindedAt: _remindedAt, ...told } = request;
  const payment = paymentRows.find((row) => row.requestId === request.id);
  return {
    ...told,
    status: statusAt(request, now),
    childName,
    decisions: decisionRows.filter(({ decision }) => decision.requestId === request.id)
      .map(({ decision, guardianName }) => ({ by: decision.guardianId ?? "rule", byName: guardianName, outcome: decision.outcome, overLimit: decision.overLimit, at: decision.at, note: decision.note })),
    payment: payment ? { id: payment.id, status: payment.status, hasCard: payment.methodId !== null } : null,
  };
}

/** Requests of the children that the actor may know of, newest first. `studentId` narrows to one child. Throws not_found, forbidden. */
export async function listPurchases(ctx: AppContext, actor: Actor, filter: RequestFilter & { studentId?: string; limit: number }): Promise<Page<PurchaseBrief>> {
  const listing = purchasesListing(ctx, actor, filter);
  return listing.of(...(await ctx.db.batch([...listing.statements])));
}

/** The same for a page that lists more: statements for its batch, and what to make of their rows. */
export function purchasesListing(ctx: AppContext, actor: Actor, filter: RequestFilter & { studentId?: string; limit: number }) {
  if (filter.studentId) authorize(actor, "purchase:view", filter.studentId);
  const childIds = filter.studentId ? [filter.studentId] : knownChildren(actor).filter((childId) => can(actor, "purchase:view", childId));
  const now = ctx.clock.now();
  return {
    statements: [selectRequests(ctx.db, childIds, filter, now, filter.limit + 1), selectDecisionsOfPage(ctx.db, childIds, filter, now, filter.limit), selectPaymentsOfPage(ctx.db, childIds, filter, now, filter.limit)] as const,
    of: (rows: Listed[], decisions: DecisionRows, payments: PaymentRows) => {
      const { items, nextCursor } = pageOf(rows, filter.limit, ({ request }) => request.id);
      return { items: items.map((row) => briefOf(row, decisions, payments, now)), nextCursor };
    },
  };
}

function effectOf(reservation: NonNullable<Awaited<ReturnType<typeof selectReservation>>[number]>): BudgetEffect[] {
  const one = (kind: "week" | "month", startsOn: string, limit: number | null, before: number): BudgetEffect[] =>
    limit === null ? [] : [{ kind, startsOn, limit, leftBefore: Math.max(0, limit - before), leftAfter: Math.max(0, limit - before - reservation.amount), overBy: Math.max(0, before + reservation.amount - limit), setByName: "" }];
  return [...one("week", reservation.weekStartsOn, reservation.weekLimit, reservation.weekUsedBefore), ...one("month", reservation.monthStartsOn, reservation.monthLimit, reservation.monthUsedBefore)];
}
