import { childOfRequest, selectDecisions, selectRequest, type PurchaseRequest } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { loadDecisionFacts, type DecisionFacts } from "../budgets/decision-facts.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize } from "../policy.ts";
import { bandOf, decidersOf, statusAt, type Deciders } from "./rules.ts";

/** The children whose purchases the actor may know of: the scope of every look-up. */
export const knownChildren = (actor: Actor): string[] => [...(actor.kind === "child" ? [actor.userId] : []), ...actor.wards.map((ward) => ward.childId)];

type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number];
type Undecided = { request: PurchaseRequest; facts: DecisionFacts; deciders: Deciders; decisions: DecisionRow[] };

/** A request that this actor can decide now, by the rules and the policy in force now. Throws not_found, forbidden, conflict. */
export async function loadUndecided(ctx: AppContext, actor: Actor, requestId: string): Promise<Undecided> {
  const childIds = knownChildren(actor);
  const { facts, rest: [[request], decisions] } = await loadDecisionFacts(ctx, childOfRequest(childIds, requestId), selectRequest(ctx.db, childIds, requestId), selectDecisions(ctx.db, requestId));
  if (!request || !facts) throw notFound();
  authorize(actor, "purchase:approve", request.studentId);
  requirePending(ctx, request, decisions);
  // The bands are tried anew: what was automatic when asked is decided by people now.
  const band = bandOf(request.amount, facts.rules, facts.standings) === "policy" ? "policy" : "single";
  const deciders = decidersOf(band, facts.policy, facts.deciders);
  if (!deciders.who.some((guardian) => guardian.userId === actor.userId)) throw new DomainError("forbidden", "primary_decides");
  if (decisions.some(({ decision }) => decision.guardianId === actor.userId)) throw new DomainError("conflict", "already_approved_by_you", { extra: { state: "pending", decidedBy: actor.userId, decidedByName: actor.name } });
  return { request, facts, deciders, decisions };
}

/** Final states never change: says which it is, and who decided. */
export function requirePending(ctx: AppContext, request: PurchaseRequest, decisions: DecisionRow[]): void {
  const status = statusAt(request, ctx.clock.now());
  if (status === "pending") return;
  const last = decisions.at(-1);
  const decidedBy = status === "approved" || status === "denied" ? { decidedBy: last?.decision.guardianId ?? "rule", decidedByName: last?.guardianName ?? null, decidedAt: request.decidedAt && new Date(request.decidedAt).toISOString() } : {};
  throw new DomainError("conflict", `already_${status}`, { extra: { state: status, ...decidedBy } });
}

