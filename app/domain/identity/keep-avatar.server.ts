import { selectAvatarKey, setAvatarKey } from "#db/avatars.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { isBareWebp, isTooVast, LARGEST_PICTURE, readPicture } from "./picture.ts";

/** The shorter side of what is kept: twice what the largest avatar takes on a page. */
const SHORT_SIDE = 192;

export const pictureRefused = (code: "invalid_input" | "unsupported_media_type" | "too_large", reason: string) => new DomainError(code, reason, { fields: [{ path: "picture", message: reason }] });

/** Makes this picture the actor's, small and without what a camera wrote into it. The one before is gone. */
export async function keepAvatar(ctx: AppContext, actor: Actor, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) throw pictureRefused("invalid_input", "picture_missing");
  if (bytes.length > LARGEST_PICTURE) throw pictureRefused("too_large", "picture_too_large");
  const picture = readPicture(bytes);
  if (picture === "kind") throw pictureRefused("unsupported_media_type", "picture_kind");
  if (picture === "broken") throw pictureRefused("invalid_input", "picture_broken");
  if (isTooVast(picture)) throw pictureRefused("invalid_input", "picture_dimensions");
  const small = await ctx.pictures.small(bytes, picture.width < picture.height ? { width: SHORT_SIDE } : { height: SHORT_SIDE });
  if (small === null) throw pictureRefused("invalid_input", "picture_broken");
  if (!isBareWebp(small)) throw new Error("the picture was not made bare");
  const key = `avatars/${actor.userId}/${ctx.ids.make("pic")}`;
  await ctx.files.put(key, small, "image/webp");
  await replace(ctx, actor, key);
}

export async function removeAvatar(ctx: AppContext, actor: Actor): Promise<void> {
  await replace(ctx, actor, null);
}

async function replace(ctx: AppContext, actor: Actor, key: string | null): Promise<void> {
  // Read in the batch that writes: of two at once, each removes just the file it replaced.
  const [[before]] = await ctx.db.batch([
    selectAvatarKey(ctx.db, actor.userId),
    setAvatarKey(ctx.db, actor.userId, key),
    record(ctx, actor, { action: key === null ? "profile.picture_removed" : "profile.picture_changed", subjectId: actor.userId }) as ReturnType<typeof setAvatarKey>,
  ]);
  // A file left over is no reason to say that the act failed.
  if (before?.key) await ctx.files.remove([before.key]).catch(() => ctx.log("avatar.file_left", { key: before.key }));
}
