import { selectFilesOfRoom } from "#db/conversation-files.ts";
import { selectRoom } from "#db/conversation-lists.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { recordInRoom } from "../audit.server.ts";
import { notFound } from "../errors.ts";
import { digestOf } from "../files/keep-bytes.server.ts";
import { requireStepUp } from "../policy.ts";
import { writeZip } from "../zip.ts";
import type { RoomMessage } from "./rooms.ts";
import { writeTranscript, type Transcript } from "./transcript.ts";
import { titleOfRoom, transcriptWords } from "./words.ts";

const AT_ONCE = 500;
/** Files beyond this stay out, and are named with their digest. */
const MOST_BYTES = 20 * 1024 * 1024;
type Bytes = Uint8Array<ArrayBuffer>;

/** All that the actor may read of a room, as a zip: the transcript as text and as JSON, its files, and a manifest with the SHA-256 of each. Written down as an act. */
export async function exportRoom(ctx: AppContext, actor: Actor, conversationId: string): Promise<Bytes> {
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  const [[room], files] = await ctx.db.batch([selectRoom(ctx.db, actor.userId, conversationId, now), selectFilesOfRoom(ctx.db, conversationId), recordInRoom(ctx, actor, "conversation.exported", conversationId)]);
  if (!room) throw notFound();
  const messages = await readAll(ctx, conversationId, room.readsFrom);
  const transcript: Transcript = { conversationId, title: titleOfRoom(room, actor), exportedAt: new Date(now).toISOString(), exportedBy: actor.name, timeZone: actor.timeZone, messages };
  const parts: [string, string | Bytes][] = [
    ["transcript.txt", writeTranscript(transcript, transcriptWords(actor))],
    ["transcript.json", JSON.stringify(transcript, null, 2)],
  ];
  const leftOut: { id: string; name: string; size: number; sha256: string | null }[] = [];
  let left = MOST_BYTES;
  for (const file of messages.flatMap((message) => message.files)) {
    const row = files.find(({ fileId }) => fileId === file.id);
    const stored = row && file.size <= left ? await ctx.files.get(row.key) : null;
    if (!stored) {
      leftOut.push({ id: file.id, name: file.name, size: file.size, sha256: row?.sha256 ?? null });
      continue;
    }
    parts.push([`files/${file.id}-${file.name}`, new Uint8Array(await new Response(stored.body).arrayBuffer())]);
    left -= file.size;
  }
  const listed = await Promise.all(parts.map(async ([name, content]) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return { name, size: bytes.length, sha256: await digestOf(bytes) };
  }));
  const { title, exportedAt, exportedBy } = transcript;
  return writeZip([["manifest.json", JSON.stringify({ conversationId, title, exportedAt, exportedBy, messages: messages.length, files: listed, leftOut }, null, 2)], ...parts]);
}

async function readAll(ctx: AppContext, conversationId: string, readsFrom: number): Promise<RoomMessage[]> {
  const all: RoomMessage[] = [];
  for (let more = true; more;) {
    const page = await ctx.rooms.history(conversationId, { readsFrom, limit: AT_ONCE, after: all.at(-1)?.seq ?? 0 });
    all.push(...page.messages);
    more = page.newer && page.messages.length > 0;
  }
  return all;
}
