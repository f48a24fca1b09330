import { selectAttachment, selectGivenOpen, studentOfAttachment } from "#db/attachments.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { noteLook } from "../../consent/note-look.server.ts";
import { notFound } from "../../errors.ts";
import type { StoredFile } from "../../files.ts";
import { authorizeRead } from "../../policy.ts";
import { forRowsOf } from "../own-school.ts";

/** A file with its name, for who may read what it belongs to; asked anew on every read. */
export async function readFile(ctx: AppContext, actor: Actor, id: string): Promise<{ name: string; type: string; file: StoredFile }> {
  const now = ctx.clock.now();
  const [[row], [given], [access]] = await ctx.db.batch([
    selectAttachment(ctx.db, id), selectGivenOpen(ctx.db, id, actor, { materials: readRule("progress"), assignments: readRule("assessments") }, now), selectChildAccess(ctx.db, actor, studentOfAttachment(id), now),
  ]);
  if (!row) throw notFound();
  if (row.studentId === null && !given?.open) throw notFound();
  const capacity = row.studentId === null ? null : authorizeRead(actor, forRowsOf(accessOf(access, actor, now), row.schoolId), "assessments");
  const file = await ctx.files.get(row.key);
  if (!file) throw notFound();
  if (capacity) noteLook(ctx, actor, { childId: row.studentId!, capacity: capacity.as, schoolId: row.schoolId, dataTypes: ["assessments"] });
  return { name: row.name, type: row.type, file };
}
