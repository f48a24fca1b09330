import { selectAvatar } from "#db/avatars.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { noteReading } from "../consent/note-look.server.ts";
import { notFound } from "../errors.ts";
import type { StoredFile } from "../files.ts";
import { authorizeRead } from "../policy.ts";

/**
 * The picture of oneself, of an adult near to one, or of a child whose pictures are shared with one; asked anew on every read. No file
 * where the reader holds this very one already.
 */
export async function readAvatar(ctx: AppContext, actor: Actor, userId: string, held: string | null): Promise<{ etag: string; file: StoredFile | null }> {
  const now = ctx.clock.now();
  const [[person], [access]] = await ctx.db.batch([selectAvatar(ctx.db, actor.userId, userId, now), selectChildAccess(ctx.db, actor, userId, now)]);
  if (!person) throw notFound();
  if (person.kind === "adult" && !person.isNear) throw notFound();
  const capacity = person.kind === "child" ? authorizeRead(actor, accessOf(access, actor, now), "media") : null;
  if (!person.key) throw notFound();
  const etag = `"${person.key.split("/").at(-1)}"`;
  const file = held === etag ? null : await ctx.files.get(person.key);
  if (held !== etag && !file) throw notFound();
  if (capacity) noteReading(ctx, actor, userId, capacity, "media");
  return { etag, file };
}
