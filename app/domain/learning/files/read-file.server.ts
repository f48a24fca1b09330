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

/** A file's row, for who may read what it belongs to; asked anew on every read. */
export async function findFile(ctx: AppContext, actor: Actor, id: string) {
  const now = ctx.clock.now();
  const [[row], [given], [access]] = await ctx.db.batch([
    selectAttachment(ctx.db, id), selectGivenOpen(ctx.db, id, actor, { materials: readRule("progress"), assignments: readRule("assessments") }, now), selectChildAccess(ctx.db, actor, studentOfAttachment(id), now),
  ]);
  if (!row) throw notFound();
  if (row.studentId === null && !given?.open) throw notFound();
  const opened = row.studentId === null ? null : authorizeRead(actor, forRowsOf(accessOf(access, actor, now), row.schoolId), "assessments");
  return { ...row, opened };
}

/** The file itself, with its name. Who looked is written down. */
export async function readFile(ctx: AppContext, actor: Actor, id: string): Promise<{ name: string; type: string; file: StoredFile }> {
  const { opened, ...row } = await findFile(ctx, actor, id);
  const file = await ctx.files.get(row.key);
  if (!file) throw notFound();
  if (opened) noteLook(ctx, actor, { childId: row.studentId!, capacity: opened.as, schoolId: row.schoolId, dataTypes: ["assessments"] });
  return { name: row.name, type: row.type, file };
}
