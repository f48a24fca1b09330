import { selectRooms, type RoomFilter, type RoomRow } from "#db/conversation-lists.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { invalid } from "../errors.ts";

export type ListedRoom = RoomRow & { mine: boolean };

/** The actor's conversations, the one with the newest message first. A guardian's hold those in which they look on. */
export async function listRooms(ctx: AppContext, actor: Pick<Actor, "userId">, filter: RoomFilter, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const [found] = await ctx.db.batch([selectRooms(ctx.db, actor.userId, filter, { after: readCursor(cursor), limit: limit + 1 }, ctx.clock.now())]);
  const items: ListedRoom[] = found.slice(0, limit).map((room) => ({ ...room, mine: room.lastSenderId === actor.userId }));
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? `${last.at}.${last.id}` : null };
}

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(\d{1,15})\.(\w{1,60})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw invalid("cursor", "invalid");
  return { at: Number(at), id };
}
