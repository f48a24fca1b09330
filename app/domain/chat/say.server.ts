import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { planJob } from "../jobs.server.ts";
import { filesToSend } from "./files.server.ts";
import { openToWrite } from "./open-room.server.ts";
import type { Changed, RoomMessage } from "./rooms.ts";

type Said = { text: string; clientId?: string | undefined; fileIds?: string[] | undefined };

/** Says something in a room, with files that were kept for it. Sent again under the same client id it is the same message; another text under it is refused. */
export async function sendMessage(ctx: AppContext, actor: Pick<Actor, "userId" | "name">, conversationId: string, { text, clientId, fileIds = [] }: Said): Promise<RoomMessage & { again: boolean }> {
  await openToWrite(ctx, actor, conversationId);
  if (text === "" && fileIds.length === 0) throw invalid("text", "message_missing");
  const files = await filesToSend(ctx, actor, conversationId, fileIds);
  const sent = await ctx.rooms.send(conversationId, { senderId: actor.userId, senderName: actor.name, clientId: clientId ?? ctx.ids.make("msg"), text, at: ctx.clock.now(), silent: false, files });
  if ("refused" in sent) throw new DomainError("conflict", "message_other_text");
  return { ...sent.message, again: sent.again };
}

/** Changes one's own message while the window is open. */
export async function editMessage(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string, { seq, text }: { seq: number; text: string }): Promise<RoomMessage> {
  await openToWrite(ctx, actor, conversationId);
  return changed(await ctx.rooms.edit(conversationId, { senderId: actor.userId, seq, text, at: ctx.clock.now() }));
}

/** Takes one's own message back while the window is open. Its place stays, its text is gone. */
export async function removeMessage(ctx: AppContext, actor: Pick<Actor, "userId">, conversationId: string, seq: number): Promise<void> {
  await openToWrite(ctx, actor, conversationId);
  const before = await ctx.rooms.find(conversationId, { seq, readsFrom: 0 });
  changed(await ctx.rooms.remove(conversationId, { senderId: actor.userId, seq, at: ctx.clock.now() }));
  const away = before!.files.map(({ id }) => planJob(ctx, "drop-unsent-file", { fileId: id }));
  if (away.length === 0) return;
  await commit(ctx.db, away.map(({ write }) => write));
  await ctx.jobs.ring(away.map(({ id }) => id));
}

function changed(answer: Changed): RoomMessage {
  if ("message" in answer) return answer.message;
  if (answer.refused === "not_found") throw notFound();
  throw answer.refused === "not_yours" ? new DomainError("forbidden", "message_not_yours") : new DomainError("conflict", "message_too_late");
}
