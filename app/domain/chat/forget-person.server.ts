import { selectRoomsOf } from "#db/conversation-openings.ts";
import type { AppContext } from "../../context.ts";
import { planJob } from "../jobs.server.ts";

/** One job asks so many rooms: each is a call. */
const AT_ONCE = 40;
type Planned = ReturnType<typeof planJob>;

const inPieces = (ids: string[], plan: (conversationIds: string[]) => Planned): Planned[] =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) => plan(ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE)));

/** Jobs that take what an erased person said out of every room in which they may have said something. To stand in the batch of the erasure. */
export async function planForgetting(ctx: AppContext, userId: string): Promise<Planned[]> {
  const [rooms] = await ctx.db.batch([selectRoomsOf(ctx.db, userId)]);
  return inPieces(rooms.map(({ id }) => id), (conversationIds) => planJob(ctx, "forget-in-rooms", { userId, conversationIds }));
}

export async function forgetInRooms(ctx: AppContext, { userId, conversationIds }: { userId: string; conversationIds: string[] }): Promise<void> {
  for (const id of conversationIds) await ctx.rooms.forget(id, { userId, at: ctx.clock.now() });
}
