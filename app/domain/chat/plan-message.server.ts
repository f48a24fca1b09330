import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY } from "../clock.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { openToWrite } from "./open-room.server.ts";
import type { PlannedMessage, RoomMessage } from "./rooms.ts";

/** How far ahead, and how many at once in one room. */
const FURTHEST = 90 * DAY;
const MOST_PLANNED = 20;

export type Timed = { text: string; silent: boolean; /** Null: now. */ sendAt: number | null; clientId: string };

/** Throws invalid for a time that is over, or too far away. */
export function requireAhead(sendAt: number | null, now: number): void {
  if (sendAt !== null && sendAt <= now) throw invalid("sendAt", "planned_in_past");
  if (sendAt !== null && sendAt > now + FURTHEST) throw invalid("sendAt", "planned_too_far");
}

/** Says something now, or has the room say it later; silently: nobody outside the room is told. Whoever calls has asked whether the actor may write there. */
export async function sayTimed(ctx: AppContext, actor: Pick<Actor, "userId" | "name">, conversationId: string, { text, silent, sendAt, clientId }: Timed): Promise<RoomMessage | null> {
  const sender = { senderId: actor.userId, senderName: actor.name };
  if (sendAt !== null) {
    if (!(await ctx.rooms.plan(conversationId, { ...sender, id: clientId, dueAt: sendAt, text, silent, most: MOST_PLANNED }))) throw new DomainError("conflict", "planned_too_many");
    return null;
  }
  const sent = await ctx.rooms.send(conversationId, { ...sender, clientId, text, at: ctx.clock.now(), silent, files: [] });
  if ("refused" in sent) throw new DomainError("conflict", "message_other_text");
  return sent.message;
}

/** The same in a room in which the actor writes. */
export async function sayLater(ctx: AppContext, actor: Actor, conversationId: string, timed: Timed): Promise<RoomMessage | null> {
  requireAhead(timed.sendAt, ctx.clock.now());
  await openToWrite(ctx, actor, conversationId);
  return sayTimed(ctx, actor, conversationId, timed);
}

/** What the actor has waiting in a room, the next first. */
export async function listPlanned(ctx: AppContext, actor: Actor, conversationId: string): Promise<PlannedMessage[]> {
  await openToWrite(ctx, actor, conversationId);
  return ctx.rooms.planned(conversationId, actor.userId);
}

/** Calls one off. Throws not_found for what is not there, or is said by now. */
export async function dropPlanned(ctx: AppContext, actor: Actor, conversationId: string, id: string): Promise<void> {
  await openToWrite(ctx, actor, conversationId);
  if (!(await ctx.rooms.unplan(conversationId, { id, senderId: actor.userId }))) throw notFound();
}
