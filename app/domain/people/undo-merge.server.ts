import { commit } from "#db/client.ts";
import { broke, ConstraintFailure } from "#db/errors.ts";
import type { Moved } from "#db/merge-steps.ts";
import { findMerge, markUndone, stepsBack } from "#db/merges.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { administeredSchools } from "../schools/rules.ts";

/** Puts back every row that the merge moved, exactly as it was. What was added to the kept account since stays with it. Throws not_found, conflict. */
export async function undoMerge(ctx: AppContext, actor: Actor, mergeId: string): Promise<{ keptId: string; goneId: string }> {
  const schools = administeredSchools(actor);
  if (schools.length === 0) throw new DomainError("forbidden");
  const merge = await findMerge(ctx.db, schools.map((school) => school.schoolId), mergeId);
  if (!merge) throw notFound();
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  const { keptId, goneId, schoolId } = merge;
  try {
    await commit(ctx.db, [
      markUndone(ctx.db, mergeId, now),
      ...stepsBack(ctx.db, { keptId, goneId, moved: merge.moved as Moved[] }),
      record(ctx, actor, { action: "person.merge_undone", subjectId: keptId, schoolId, details: { mergeId, goneId } }),
    ]);
  } catch (error) {
    if (broke(error, "NOT NULL merges.created_at")) throw new DomainError("conflict", now < merge.undoUntil ? "merge_undone_or_merged" : "merge_undo_late");
    if (error instanceof ConstraintFailure) throw new DomainError("conflict", "merge_undo_collides");
    throw error;
  }
  return { keptId, goneId };
}
