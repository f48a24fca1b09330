import { deleteConversationFile, findConversationFile, insertConversationFile, selectConversationFile, selectFilesOf } from "#db/conversation-files.ts";
import { commit } from "#db/client.ts";
import { placeIn, selectPlace } from "#db/talkers.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DAY } from "../clock.ts";
import { invalid, notFound } from "../errors.ts";
import type { StoredFile } from "../files.ts";
import { digestOf, keepBytes } from "../files/keep-bytes.server.ts";
import { planJob } from "../jobs.server.ts";
import type { Upload } from "../schools/imports/inputs.ts";
import { openToWrite } from "./open-room.server.ts";
import type { RoomFile } from "./rooms.ts";

type Sender = Pick<Actor, "userId">;

/**
 * Keeps files that are to go with a message of this room. Under a message's client id the same file is the same again, so that a form sent twice is
 * one message. What is not sent within a day goes away.
 */
export async function attach(ctx: AppContext, actor: Sender, conversationId: string, files: Upload[], clientId?: string): Promise<string[]> {
  const { schoolId, childId } = await openToWrite(ctx, actor, conversationId);
  const same = async ({ bytes }: Upload, at: number) => `file_${(await digestOf(new TextEncoder().encode([conversationId, actor.userId, clientId, at, await digestOf(bytes as Uint8Array<ArrayBuffer>)].join(" ")))).slice(0, 40)}`;
  const { kept, done } = await keepBytes(ctx, files, { folder: `conversations/${conversationId}`, takes: ({ type }) => type !== "text/plain", ...(clientId === undefined ? {} : { idOf: same }) });
  const unsent = kept.map(({ id }) => planJob(ctx, "drop-unsent-file", { fileId: id }, ctx.clock.now() + DAY));
  await commit(ctx.db, [
    ...kept.map((file) => insertConversationFile(ctx.db, { ...file, conversationId, uploadedBy: actor.userId, createdAt: ctx.clock.now() })), ...done, ...unsent.map(({ write }) => write),
    record(ctx, actor as Actor, { action: "attachment.added", subjectId: conversationId, details: { of: "message" }, ...(schoolId ? { schoolId } : {}), ...(childId ? { childId } : {}) }),
  ]);
  return kept.map(({ id }) => id);
}

/** Files for a message, in the order named: the sender's own, kept for this room. Throws invalid_input. */
export async function filesToSend(ctx: AppContext, actor: Sender, conversationId: string, ids: string[]): Promise<RoomFile[]> {
  if (ids.length === 0) return [];
  const [found] = await ctx.db.batch([selectFilesOf(ctx.db, conversationId, ids)]);
  return ids.map((id) => {
    const file = found.find((row) => row.id === id && row.uploadedBy === actor.userId);
    if (!file) throw invalid("fileIds", "message_file_gone");
    return { id, name: file.name, type: file.type, size: file.size };
  });
}

/** A file of a message, for who may read the message: asked of the roster and of the room on every read. */
export async function readRoomFile(ctx: AppContext, actor: Sender, conversationId: string, fileId: string): Promise<{ name: string; type: string; file: StoredFile }> {
  const [[row], [found]] = await ctx.db.batch([selectPlace(ctx.db, actor.userId, conversationId, ctx.clock.now()), selectConversationFile(ctx.db, conversationId, fileId)]);
  const place = placeIn(row);
  if (!place || !found) throw notFound();
  if (found.uploadedBy !== actor.userId && !(await ctx.rooms.holds(conversationId, { fileId, readsFrom: place.readsFrom }))) throw notFound();
  const file = await ctx.files.get(found.key);
  if (!file) throw notFound();
  return { name: found.name, type: found.type, file };
}

/** Takes away what no message comes with: never sent, or its message deleted. May run twice. */
export async function dropUnsent(ctx: AppContext, fileId: string): Promise<void> {
  const file = await findConversationFile(ctx.db, fileId);
  if (!file || (await ctx.rooms.holds(file.conversationId, { fileId, readsFrom: 0 }))) return;
  await ctx.files.remove([file.key]);
  await commit(ctx.db, [deleteConversationFile(ctx.db, fileId)]);
}
