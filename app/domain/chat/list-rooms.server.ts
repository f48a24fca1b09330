import { selectRooms, type RoomFilter, type RoomRow } from "#db/conversation-lists.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { byMoment, momentOf, pageOf, type Page, type Paging } from "../paging.ts";

export type ListedRoom = RoomRow & { mine: boolean };

/** The actor's conversations, the one with the newest message first. A guardian's hold those in which they look on. */
export async function listRooms(ctx: AppContext, actor: Pick<Actor, "userId">, filter: RoomFilter, { limit, cursor }: Paging): Promise<Page<ListedRoom>> {
  const [found] = await ctx.db.batch([selectRooms(ctx.db, actor.userId, filter, { after: momentOf(cursor), limit: limit + 1 }, ctx.clock.now())]);
  const { items, nextCursor } = pageOf(found, limit, byMoment);
  return { items: items.map((room) => ({ ...room, mine: room.lastSenderId === actor.userId })), nextCursor };
}
