import { insertAttachment, type AttachmentRow } from "#db/attachments.ts";
import type { Write } from "#db/client.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { keepBytes } from "../../files/keep-bytes.server.ts";
import { MOST_ATTACHMENTS } from "../../files/kinds.ts";
import type { Upload } from "../../schools/imports/inputs.ts";

export { fileRefused } from "../../files/keep-bytes.server.ts";
type Belonging = Pick<AttachmentRow, "of" | "ofId" | "schoolId" | "studentId">;

/** Keeps files for a thing of the learning; answers their rows, to stand in the batch of what they belong to. */
export async function keepFiles(ctx: AppContext, actor: Pick<Actor, "userId">, files: Upload[], to: Belonging): Promise<{ ids: string[]; writes: Write[] }> {
  const { kept, done } = await keepBytes(ctx, files, { folder: `attachments/${to.of}/${to.ofId}` });
  const rows = kept.map((file) => insertAttachment(ctx.db, { ...file, ...to, uploadedBy: actor.userId, createdAt: ctx.clock.now() }, MOST_ATTACHMENTS));
  return { ids: kept.map(({ id }) => id), writes: [...rows, ...done] };
}
