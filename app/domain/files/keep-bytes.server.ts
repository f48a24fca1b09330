import { forgetJob } from "#db/attachments.ts";
import { commit, type Write } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import { HOUR } from "../clock.ts";
import { DomainError, type RefusalCode } from "../errors.ts";
import { isBareWebp, isTooVast, readPicture } from "../identity/picture.ts";
import { planJob } from "../jobs.server.ts";
import type { Upload } from "../schools/imports/inputs.ts";
import { fileName, kindOf, LARGEST_ATTACHMENT, MOST_ATTACHMENTS, type FileKind } from "./kinds.ts";

type KeptFile = { id: string; key: string; name: string; type: string; size: number; sha256: string };
type Bytes = Uint8Array<ArrayBuffer>;
/** Still readable on a page of paper. */
const WIDEST = 1600;

export const fileRefused = (code: RefusalCode, reason: string) => new DomainError(code, reason, { fields: [{ path: "files", message: reason }] });

type Wish = { folder: string; /** What of the kinds there are is taken here. */ takes?: (kind: FileKind) => boolean; /** The file's own id, where it must be the same for the same file. */ idOf?: (file: Upload, at: number) => Promise<string> };

/**
 * Judges files by their bytes, makes pictures bare of what a camera wrote into them, and keeps them under `folder`; `done` is to stand in the batch that
 * writes their rows. Before the first byte is kept a job is set down that takes them all away in an hour, and `done` calls it off: an act that breaks off
 * in between leaves nothing. That is one round trip more, for forms with files alone.
 */
export async function keepBytes(ctx: AppContext, files: Upload[], { folder, takes = () => true, idOf = async () => ctx.ids.make("file") }: Wish): Promise<{ kept: KeptFile[]; done: Write[] }> {
  if (files.length === 0) return { kept: [], done: [] };
  if (files.length > MOST_ATTACHMENTS) throw fileRefused("invalid_input", "files_too_many");
  const judged: { id: string; key: string; name: string; type: string; bytes: Bytes }[] = [];
  for (const [at, file] of files.entries()) {
    const id = await idOf(file, at);
    judged.push({ id, key: `${folder}/${id}.${ctx.ids.make("blob")}`, ...(await judge(ctx, file, takes)) });
  }
  const away = planJob(ctx, "remove-files", { keys: judged.map(({ key }) => key) }, ctx.clock.now() + HOUR);
  await commit(ctx.db, [away.write]);
  const kept: KeptFile[] = [];
  for (const { bytes, ...file } of judged) {
    await ctx.files.put(file.key, bytes, file.type);
    kept.push({ ...file, size: bytes.length, sha256: await digestOf(bytes) });
  }
  return { kept, done: [forgetJob(ctx.db, away.id)] };
}

async function judge(ctx: AppContext, { name, bytes }: Upload, takes: (kind: FileKind) => boolean) {
  if (bytes.length === 0) throw fileRefused("invalid_input", "file_empty");
  if (bytes.length > LARGEST_ATTACHMENT) throw fileRefused("too_large", "attachment_too_large");
  const kind = kindOf(bytes);
  if (!kind || !takes(kind)) throw fileRefused("unsupported_media_type", "attachment_kind");
  const picture = readPicture(bytes);
  if (typeof picture === "string") return { name: fileName(name, kind), type: kind.type, bytes };
  if (isTooVast(picture)) throw fileRefused("invalid_input", "picture_dimensions");
  const bare = await ctx.pictures.small(bytes, { width: Math.min(WIDEST, picture.width) });
  if (!bare || !isBareWebp(bare)) throw fileRefused("invalid_input", "picture_broken");
  return { name: fileName(fileName(name, kind).replace(/\.\w+$/, ""), { type: "image/webp", endings: ["webp"] }), type: "image/webp", bytes: bare as Bytes };
}

export async function digestOf(bytes: Bytes): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
