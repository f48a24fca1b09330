import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectMaterialsBy, selectMaterialsFor, type MaterialRow } from "#db/materials.ts";
import { selectPlansOf } from "#db/study-plans.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { noteReading } from "../../consent/note-look.server.ts";
import { byId, pageOf, type Paging } from "../../paging.ts";
import { authorizeRead } from "../../policy.ts";
import { writesPlans } from "../plans/rules.ts";

/** What one wrote as a teacher, newest first, with how many students have finished it. */
export async function listWritten(ctx: AppContext, actor: Actor, { status, limit, cursor }: Paging & { status?: MaterialRow["status"] | undefined }) {
  const found = await selectMaterialsBy(ctx.db, actor.userId, readRule("progress"), { status, before: cursor, limit: limit + 1 }, ctx.clock.now());
  return pageOf(found, limit, byId);
}

/** What is shared with a student, with how far they are, and their study plans; for others of theirs by the child's consents. */
export async function listShared(ctx: AppContext, actor: Actor, studentId: string, { subjectId, limit, cursor }: Paging & { subjectId?: string | undefined }) {
  const now = ctx.clock.now();
  const rule = readRule("progress");
  const [[row], found, plans] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectMaterialsFor(ctx.db, studentId, { readerId: actor.userId, rule, subjectId, before: cursor, limit: limit + 1 }, now), selectPlansOf(ctx.db, studentId, actor.userId, rule, now),
  ]);
  const access = accessOf(row, actor, now);
  const capacity = authorizeRead(actor, access, "progress");
  noteReading(ctx, actor, studentId, capacity, "progress");
  const opens = access!.capacities.some(({ as }) => as === "self" || as === "guardian" || as === "tutor");
  return { student: { id: studentId, name: row!.name }, plans, mayPlan: writesPlans(access!) !== undefined, opens, ...pageOf(found, limit, byId) };
}
