import { selectRoom, type RoomRow } from "#db/conversation-lists.ts";
import { selectQuietInRoom } from "#db/notification-preferences.ts";
import { placeIn, selectPlace, type Place } from "#db/talkers.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import type { QuietHours } from "../notifications/quiet.ts";
import { quietOf } from "../notifications/read-preferences.server.ts";
import { looksOn } from "./rules.ts";

/** The actor's place in a room; a room in which they have none does not exist for them. */
export async function openPlace(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string): Promise<Place> {
  const [[row]] = await ctx.db.batch([selectPlace(ctx.db, actor.userId, conversationId, ctx.clock.now())]);
  const place = placeIn(row);
  if (!place) throw notFound();
  return place;
}

/** The same for who wants to write. Throws forbidden for who only looks on or listens, conflict where nobody writes any more. */
export async function openToWrite(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string): Promise<Place> {
  const place = await openPlace(ctx, actor, conversationId);
  if (place.writes) return place;
  if (looksOn(place.capacity, place.kind) || place.kind === "announcement") throw new DomainError("forbidden", "room_not_yours_to_write");
  throw new DomainError("conflict", "room_closed");
}

/** The room with its title's parts, for a page of it, and when the teacher or tutor in it is not to be disturbed. */
export async function openRoom(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string): Promise<RoomRow & { quiet: (QuietHours & { timeZone: string }) | null }> {
  const [[room], [staff]] = await ctx.db.batch([selectRoom(ctx.db, actor.userId, conversationId, ctx.clock.now()), selectQuietInRoom(ctx.db, conversationId)]);
  if (!room) throw notFound();
  const quiet = staff && staff.userId !== actor.userId && room.writes === 1 ? quietOf(staff) : null;
  return { ...room, quiet: quiet && { ...quiet, timeZone: staff!.timeZone } };
}
