import { selectWaitingBookings } from "#db/bookings.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { purchasesListing } from "../purchases/purchase-page.server.ts";
import { schedulable } from "./standing.server.ts";

/** Questions about lessons on one page: each brings its forms along. */
const SHOWN = 6;

/** What waits for this guardian, or was decided: purchases, and while they wait questions about lessons. `lessons`: only those, after this one. */
export async function approvalsPage(ctx: AppContext, actor: Actor, { lessons, ...filter }: Parameters<typeof purchasesListing>[2] & { lessons: string | undefined }) {
  const listing = purchasesListing(ctx, actor, filter);
  const answered = filter.status === "pending" && !filter.before ? schedulable(actor) : [];
  const [requests, decisions, payments, found] = await ctx.db.batch([...listing.statements, selectWaitingBookings(ctx.db, answered, ctx.clock.now(), { after: lessons, limit: SHOWN + 1 })]);
  const bookings = found.slice(0, SHOWN);
  return { ...(lessons === undefined ? listing.of(requests, decisions, payments) : { items: [], nextCursor: null }), bookings, moreLessons: found.length > SHOWN ? bookings.at(-1)!.id : null };
}

/** Questions that wait for this guardian, the soonest to end first. */
export async function listWaitingBookings(ctx: AppContext, actor: Actor, { cursor, limit }: Paging) {
  return pageOf(await selectWaitingBookings(ctx.db, schedulable(actor), ctx.clock.now(), { after: cursor, limit: limit + 1 }), limit, byId);
}
