import type { Write } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { notify } from "../notifications/notify.server.ts";

/** A card that can pay for a child concerns all who decide for the child (`selectCoGuardians`). Rows for the batch of the change. */
export function tellCoGuardians(ctx: AppContext, owner: { userId: string; name: string }, others: { id: string }[], card: { id: string; brand: string; last4: string }, change: "added" | "default" | "removed"): { writes: Write[]; jobIds: string[] } {
  return notify(ctx, others.map(({ id }) => id), {
    type: "payment_method.changed",
    facts: { by: owner.name, card: cardName(card) },
    path: "/finance",
    cause: `${card.id}.${change}.${ctx.clock.now()}`,
  });
}

const cardName = ({ brand, last4 }: { brand: string; last4: string }) => `${brand.charAt(0).toUpperCase()}${brand.slice(1)} ··${last4}`;
