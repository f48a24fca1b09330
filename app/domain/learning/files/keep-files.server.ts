import { forgetJob, insertAttachment, type AttachmentRow } from "#db/attachments.ts";
import { commit, type Write } from "#db/client.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { HOUR } from "../../clock.ts";
import { DomainError, type RefusalCode } from "../../errors.ts";
import { isBareWebp, isTooVast, readPicture } from "../../identity/picture.ts";
import { planJob } from "../../jobs.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { fileName, kindOf, LARGEST_ATTACHMENT, MOST_ATTACHMENTS } from "./kinds.ts";

export type Belonging = Pick<AttachmentRow, "of" | "ofId" | "schoolId" | "studentId">;
/** Still readable on a page of paper. */
const WIDEST = 1600;

export const fileRefused = (code: RefusalCode, reason: string) => new DomainError(code, reason, { fields: [{ path: "files", message: reason }] });

/**
 * Judges files by their bytes, makes pictures bare of what a camera wrote into them, and keeps them; answers their rows, to stand in the
 * batch of what they belong to. Before the first byte is kept a job is set down that takes them all away in an hour, and the same
 * batch calls it off: an act that breaks off in between leaves nothing. That is one round trip more, for forms with files alone.
 */
export async function keepFiles(ctx: AppContext, actor: Pick<Actor, "userId">, files: Upload[], to: Belonging): Promise<{ ids: string[]; writes: Write[] }> {
  if (files.length === 0) return { ids: [], writes: [] };
  if (files.length > MOST_ATTACHMENTS) throw fileRefused("invalid_input", "files_too_many");
  const judged: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for (const file of files) judged.push(await judge(ctx, file));
  const kept = judged.map((file) => ({ ...file, id: ctx.ids.make("file"), key: `attachments/${to.of}/${to.ofId}/${ctx.ids.make("blob")}` }));
  const away = planJob(ctx, "remove-files", { keys: kept.map(({ key }) => key) }, ctx.clock.now() + HOUR);
  await commit(ctx.db, [away.write]);
  const rows: Write[] = [];
  for (const { id, key, name, type, bytes } of kept) {
    await ctx.files.put(key, bytes, type);
    rows.push(insertAttachment(ctx.db, { id, ...to, name, type, size: bytes.length, key, sha256: await digestOf(bytes), uploadedBy: actor.userId, createdAt: ctx.clock.now() }, MOST_ATTACHMENTS));
  }
  return { ids: kept.map(({ id }) => id), writes: [...rows, forgetJob(ctx.db, away.id)] };
}

async function judge(ctx: AppContext, { name, bytes }: Upload) {
  if (bytes.length === 0) throw fileRefused("invalid_input", "file_empty");
  if (bytes.length > LARGEST_ATTACHMENT) throw fileRefused("too_large", "attachment_too_large");
  const kind = kindOf(bytes);
  if (!kind) throw fileRefused("unsupported_media_type", "attachment_kind");
  const picture = readPicture(bytes);
  if (typeof picture === "string") return { name: fileName(name, kind), type: kind.type, bytes };
  if (isTooVast(picture)) throw fileRefused("invalid_input", "picture_dimensions");
  const bare = await ctx.pictures.small(bytes, { width: Math.min(WIDEST, picture.width) });
  if (!bare || !isBareWebp(bare)) throw fileRefused("invalid_input", "picture_broken");
  return { name: fileName(fileName(name, kind).replace(/\.\w+$/, ""), { type: "image/webp", endings: ["webp"] }), type: "image/webp", bytes: bare as Uint8Array<ArrayBuffer> };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
