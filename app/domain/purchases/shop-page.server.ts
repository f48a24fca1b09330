import { selectPlansFor, selectPlanFor, selectWaitingFor } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { loadDecisionFacts, withoutFamily } from "../budgets/decision-facts.server.ts";
import { previewPurchase, type PurchasePreview } from "../budgets/preview-purchase.ts";
import { notFound } from "../errors.ts";
import { authorize, can } from "../policy.ts";
import type { Standing } from "../budgets/rules.ts";

type Offer = { id: string; schoolId: string; name: string; description: string; kind: "hours" | "subscription" | "one_off"; price: number; currency: string; minutes: number | null };
type Buyer = { id: string; name: string };

/** For whom the actor can shop: themselves, or the children they may ask for. */
export function listBuyers(actor: Actor): Buyer[] {
  if (actor.kind === "child") return [{ id: actor.userId, name: actor.name }];
  return actor.wards.filter((ward) => can(actor, "purchase:ask", ward.childId)).map((ward) => ({ id: ward.childId, name: ward.name }));
}

/** The child asked for by the address, or else the one last looked at, if one can shop for them. */
export function chooseBuyer(actor: Actor, asked: string | null, lastLookedAt: string | null): string | undefined {
  const buyers = listBuyers(actor);
  return asked ?? (buyers.find((buyer) => buyer.id === lastLookedAt) ?? buyers[0])?.id;
}

/** What is sold to a student, with what is left of the budget. Throws not_found, forbidden. */
export async function getShopPage(ctx: AppContext, actor: Actor, studentId: string): Promise<{ student: Buyer; offers: Offer[]; standings: Standing[]; currency: string }> {
  authorize(actor, "purchase:ask", studentId);
  const { facts, rest: [offers] } = await loadDecisionFacts(ctx, studentId, selectPlansFor(ctx.db, studentId));
  if (!facts) throw withoutFamily();
  return { student: facts.child, offers: offers.map((row) => row.plan), standings: facts.standings, currency: facts.family.currency };
}

/** One offer, and what asking for it would do. Throws not_found, forbidden. */
export async function getOfferPage(ctx: AppContext, actor: Actor, studentId: string, planId: string): Promise<{ student: Buyer; offer: Offer; preview: PurchasePreview; waitingId: string | null; decisionWindowHours: number; sameCurrency: boolean }> {
  authorize(actor, "purchase:ask", studentId);
  const { facts, rest: [[sold], [waiting]] } = await loadDecisionFacts(ctx, studentId, selectPlanFor(ctx.db, studentId, planId), selectWaitingFor(ctx.db, studentId, planId, ctx.clock.now()));
  if (!facts || !sold) throw notFound();
  return {
    student: facts.child, offer: sold.plan, preview: previewPurchase(sold.plan.price, facts), waitingId: waiting?.id ?? null,
    decisionWindowHours: facts.family.decisionWindowHours, sameCurrency: sold.plan.currency === facts.family.currency,
  };
}
