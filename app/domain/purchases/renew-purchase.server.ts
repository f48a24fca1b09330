import { broke } from "#db/errors.ts";
import { selectRequest } from "#db/purchases.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import { once, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import { decidedAgain } from "./lost-race.server.ts";
import { ask } from "./request-purchase.server.ts";
import { statusAt } from "./rules.ts";
import { knownChildren } from "./undecided.server.ts";

/**
 * Asks again what expired: a new request for the same plan at today's price, because a final state never changes. Each can be renewed once.
 * Answers the new request's id. Throws not_found, forbidden, conflict, invalid_input when the plan is no longer sold.
 */
export function renewPurchase(ctx: AppContext, actor: Actor, requestId: string, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    const [request] = await selectRequest(ctx.db, knownChildren(actor), requestId);
    if (!request) throw notFound();
    authorize(actor, "purchase:ask", request.studentId);
    const status = statusAt(request, ctx.clock.now());
    if (status !== "expired") throw new DomainError("conflict", "not_expired", { extra: { state: status } });
    try {
      return await decidedAgain(() => ask(ctx, actor, request.studentId, { planId: request.planId, message: request.message ?? undefined }, repeat, { of: requestId }));
    } catch (error) {
      if (broke(error, "UNIQUE purchase_requests.renewal_of")) throw new DomainError("conflict", "already_renewed", { extra: { state: status } });
      throw error;
    }
  });
}
