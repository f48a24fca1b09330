import { selectMethods, type PaymentMethod } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { requireGuardian } from "./change-cards.server.ts";

/** The guardian's own saved cards. Throws forbidden. */
export async function listCards(ctx: AppContext, actor: Actor): Promise<PaymentMethod[]> {
  requireGuardian(actor);
  return selectMethods(ctx.db, actor.userId);
}
