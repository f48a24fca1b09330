import { selectFamilyCurrency, selectMethods, type PaymentMethod } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { requireGuardian } from "./change-cards.server.ts";

/** The guardian's own saved cards, and the currency in which they will pay. Throws forbidden. */
export async function listCards(ctx: AppContext, actor: Actor): Promise<{ cards: PaymentMethod[]; currency: string }> {
  requireGuardian(actor);
  const [cards, [family]] = await ctx.db.batch([selectMethods(ctx.db, actor.userId), selectFamilyCurrency(ctx.db, actor.userId)]);
  return { cards, currency: family?.currency ?? "KES" };
}
