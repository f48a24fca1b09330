import { selectWaitingBookings } from "#db/bookings.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { purchasesListing } from "../purchases/purchase-page.server.ts";
import { schedulable } from "./standing.server.ts";

/** What waits for this guardian, or was decided: purchases, and while they wait questions about lessons. */
export async function approvalsPage(ctx: AppContext, actor: Actor, filter: Parameters<typeof purchasesListing>[2]) {
  const listing = purchasesListing(ctx, actor, filter);
  const answered = filter.status === "pending" && !filter.before ? schedulable(actor) : [];
  const [requests, decisions, payments, bookings] = await ctx.db.batch([...listing.statements, selectWaitingBookings(ctx.db, answered, ctx.clock.now())]);
  return { ...listing.of(requests, decisions, payments), bookings };
}

/** Questions that wait for this guardian, the soonest to end first. */
export async function listWaitingBookings(ctx: AppContext, actor: Actor, { cursor, limit }: Paging) {
  return pageOf(await selectWaitingBookings(ctx.db, schedulable(actor), ctx.clock.now(), { after: cursor, limit: limit + 1 }), limit, byId);
}
