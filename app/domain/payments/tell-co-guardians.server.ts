import type { Write } from "#db/client.ts";
import { listCoGuardians } from "#db/payment-methods.ts";
import type { AppContext } from "../../context.ts";
import { notify } from "../notifications/notify.server.ts";

/** A card that can pay for a child concerns all who decide for the child. Rows for the batch of the change. */
export async function tellCoGuardians(ctx: AppContext, owner: { userId: string; name: string }, card: { id: string; brand: string; last4: string }, change: "added" | "default" | "removed"): Promise<{ writes: Write[]; jobIds: string[] }> {
  return notify(ctx, await listCoGuardians(ctx.db, owner.userId, ctx.clock.now()), {
    type: "payment_method.changed",
    facts: { by: owner.name, card: cardName(card) },
    path: "/finance",
    cause: `${card.id}.${change}.${ctx.clock.now()}`,
  });
}

const cardName = ({ brand, last4 }: { brand: string; last4: string }) => `${brand.charAt(0).toUpperCase()}${brand.slice(1)} ··${last4}`;
