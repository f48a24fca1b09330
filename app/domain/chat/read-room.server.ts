import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { openPlace, openRoom } from "./open-room.server.ts";
import type { History, RoomMessage } from "./rooms.ts";
import { EDIT_WINDOW, looksOn } from "./rules.ts";

type HistoryAsked = { limit: number; before?: number | undefined; after?: number | undefined };

/** A page of a room's messages, as far as they are for the actor. */
export async function listMessages(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string, asked: HistoryAsked): Promise<History> {
  const { readsFrom } = await openPlace(ctx, actor, conversationId);
  return ctx.rooms.history(conversationId, { readsFrom, ...asked });
}

/** How far the actor has read; it only moves forward. */
export async function markRead(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string, seq: number): Promise<void> {
  const { readsFrom } = await openPlace(ctx, actor, conversationId);
  await ctx.rooms.read(conversationId, { userId: actor.userId, seq, at: ctx.clock.now(), readsFrom });
}

export type MessageOnPage = Pick<RoomMessage, "seq" | "senderName" | "at" | "text" | "files"> & { mine: boolean; edited: boolean; deleted: boolean; mayChange: boolean };

/** A message as its reader sees it. */
export const onPage = ({ seq, senderId, senderName, at, text, files, editedAt, deletedAt }: RoomMessage, readerId: string): Omit<MessageOnPage, "mayChange"> =>
  ({ seq, senderName, at, text, files, mine: senderId === readerId, edited: editedAt !== null, deleted: deletedAt !== null });

/** The page of a room. Once it is answered, what it shows counts as read. */
export async function readRoom(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string, asked: HistoryAsked) {
  const room = await openRoom(ctx, actor, conversationId);
  const [now, { readsFrom }] = [ctx.clock.now(), room];
  const { messages, older, newer, pointers, lastSeq, revision } = await ctx.rooms.history(conversationId, { readsFrom, ...asked });
  const shown = messages.at(-1)?.seq ?? 0;
  const readTo = pointers.find(({ userId }) => userId === actor.userId)?.seq ?? 0;
  if (readTo < shown) ctx.afterAnswer(() => ctx.rooms.read(conversationId, { userId: actor.userId, seq: shown, at: now, readsFrom }));
  const writes = room.writes === 1;
  const items = messages.map((message) => {
    const shown = onPage(message, actor.userId);
    return { ...shown, mayChange: shown.mine && writes && !shown.deleted && now < shown.at + EDIT_WINDOW };
  });
  const why = writes ? null : looksOn(room.capacity, room.kind) ? "looks_on" as const : room.kind === "announcement" ? "listens" as const : "closed" as const;
  return {
    room, items, older: older ? items[0]!.seq : null, newer: newer ? shown : null, why, lastSeq, revision,
    /** How far the others have read; of those who only look on nobody sees it. */
    seen: Math.max(0, ...pointers.filter(({ userId }) => userId !== actor.userId && (!isOfTwo(room.kind) || userId === room.childId || userId === room.staffId)).map(({ seq }) => seq)), clientId: ctx.ids.make("msg"),
  };
}
const isOfTwo = (kind: string) => kind === "student_teacher" || kind === "student_tutor";
