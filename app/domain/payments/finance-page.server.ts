import { selectMethods } from "#db/payment-methods.ts";
import { flat, selectPayments, type PaymentFor } from "#db/payments.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { can } from "../policy.ts";

type FinancePage = { toPay: PaymentFor[]; recent: PaymentFor[]; cards: number };

/** What waits for this guardian to pay, what moved lately, and how many cards are saved. */
export async function getFinancePage(ctx: AppContext, actor: Actor): Promise<FinancePage> {
  const of = (action: "purchase:pay" | "purchase:view") => ({ studentIds: actor.wards.map((ward) => ward.childId).filter((childId) => can(actor, action, childId)), schoolIds: [] });
  const [toPay, recent, cards] = await ctx.db.batch([
    selectPayments(ctx.db, of("purchase:pay"), { limit: 20, awaitingGuardian: true }),
    selectPayments(ctx.db, of("purchase:view"), { limit: 5 }),
    selectMethods(ctx.db, actor.userId),
  ]);
  return { toPay: toPay.map(flat), recent: recent.map(flat), cards: cards.length };
}
