import * as z from "zod";
import { deleteAttachment, selectAttachable, selectAttachment, type AttachmentOf } from "#db/attachments.ts";
import { commit } from "#db/client.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { notFound } from "../../errors.ts";
import { planJob } from "../../jobs.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { filesRefused } from "./files-refused.server.ts";
import { keepFiles } from "./keep-files.server.ts";

export const ATTACHED_TO = ["material", "assignment", "submission", "feedback"] as const satisfies AttachmentOf[];

/** Adds one file to what is one's own: given or said as a teacher, or handed in and still waiting. Answers its id. */
export async function addFile(ctx: AppContext, actor: Actor, { of, ofId }: { of: AttachmentOf; ofId: string }, file: Upload): Promise<string> {
  const [found] = await selectAttachable(ctx.db, of, ofId);
  if (!found || found.ownerId !== actor.userId || !(of === "submission" || teachesAt(actor, found.schoolId))) throw notFound();
  const { schoolId, studentId } = found;
  const { writes, ids } = await keepFiles(ctx, actor, [file], { of, ofId, schoolId, studentId });
  await filesRefused(commit(ctx.db, [...writes, record(ctx, actor, { action: "attachment.added", subjectId: ofId, schoolId, ...(studentId ? { childId: studentId } : {}), details: { of } })]));
  return ids[0]!;
}

/** What a page's form says of the file to take back. */
export const RemoveFileAct = z.object({ act: z.literal("remove-file"), fileId: z.string("missing").max(60, "too_long") });

/** Takes a file back from what one gave as a teacher, with its bytes. What was handed in or said stays as it was. */
export async function removeFile(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const [found] = await selectAttachment(ctx.db, id);
  if (!found || found.uploadedBy !== actor.userId || found.studentId !== null || !teachesAt(actor, found.schoolId)) throw notFound();
  const away = planJob(ctx, "remove-files", { keys: [found.key] });
  await commit(ctx.db, [deleteAttachment(ctx.db, id), away.write, record(ctx, actor, { action: "attachment.removed", subjectId: found.ofId, schoolId: found.schoolId, details: { of: found.of } })]);
  await ctx.jobs.ring([away.id]);
}

const teachesAt = (actor: Actor, schoolId: string) => actor.memberships.some((held) => held.schoolId === schoolId && held.role === "teacher");
