import { commit } from "#db/client.ts";
import { insertRecipients, replaceRecipients, selectAuthorsChoice } from "#db/given-work.ts";
import { insertMaterial, selectOwnMaterial, updateMaterial, type MaterialRow } from "#db/materials.ts";
import { selectTaught } from "#db/teaching.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { changesOf } from "../../changes.ts";
import { notFound } from "../../errors.ts";
import { claimRepeat, firstResult, once, selectRepeat, type Repeat } from "../../idempotency.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { audienceAfter, audienceOf } from "../audience.ts";
import { filesRefused } from "../files/files-refused.server.ts";
import { keepFiles } from "../files/keep-files.server.ts";
import type { ChangeMaterialInput, MaterialInput } from "./inputs.ts";

/** Something to learn from, for students whom the author teaches: a draft, or shared at once. */
export async function createMaterial(ctx: AppContext, actor: Actor, input: MaterialInput, files: Upload[] = [], repeat: Repeat | null = null): Promise<string> {
  const now = ctx.clock.now();
  const [firsts, taught] = await ctx.db.batch([selectRepeat(ctx, actor.userId, repeat), selectTaught(ctx.db, actor.userId, { subjectId: input.subjectId }, now)]);
  const first = firstResult(repeat, firsts);
  if (first !== null) return first;
  const { stored, named } = audienceOf(taught, input);
  const { title, text, link, minutes, status } = input;
  const row: MaterialRow = { id: ctx.ids.make("mat"), ...stored, authorId: actor.userId, title, text, link, minutes, status, createdAt: now, changedAt: now };
  return once(ctx, actor.userId, repeat, async () => {
    await filesRefused(commit(ctx.db, [
      insertMaterial(ctx.db, row), ...(named.length > 0 ? [insertRecipients(ctx.db, row.id, named)] : []), ...claimRepeat(ctx, actor.userId, repeat, row.id),
      ...(await keepFiles(ctx, actor, files, { of: "material", ofId: row.id, schoolId: row.schoolId, studentId: null })).writes,
      record(ctx, actor, { action: "material.created", subjectId: row.id, schoolId: row.schoolId, details: { title, status, audience: stored.audience } }),
    ]));
    return row.id;
  });
}

const ACTS = { shared: "material.shared", archived: "material.archived" } as const;

/** Other words, more files, for others, shared or put away; the author's own only. */
export async function changeMaterial(ctx: AppContext, actor: Actor, id: string, { audience, classId, studentIds, ...input }: ChangeMaterialInput, files: Upload[] = []): Promise<void> {
  const now = ctx.clock.now();
  const [[before], taught, recipients] = await ctx.db.batch([selectOwnMaterial(ctx.db, actor.userId, id), ...selectAuthorsChoice(ctx.db, "materials", id, actor.userId, now)]);
  if (!before) throw notFound();
  const others = audienceAfter(taught, before, recipients.map(({ studentId }) => studentId), { audience, classId, studentIds });
  const change = changesOf(before, { ...input, ...others?.stored });
  if (Object.keys(change).length === 0 && !others && files.length === 0) return;
  await filesRefused(commit(ctx.db, [
    updateMaterial(ctx.db, actor.userId, id, { ...change, changedAt: now }), ...(others ? replaceRecipients(ctx.db, id, others.named) : []), ...(await keepFiles(ctx, actor, files, { of: "material", ofId: id, schoolId: before.schoolId, studentId: null })).writes,
    record(ctx, actor, { action: change.status && change.status !== "draft" ? ACTS[change.status] : "material.changed", subjectId: id, schoolId: before.schoolId, details: { changed: [...Object.keys(change), ...(others ? ["audience"] : [])], files: files.length } }),
  ]));
}
