import { commit } from "#db/client.ts";
import { findClass, holds, insertClass, selectClasses, selectHeldRoles, selectSubject, updateClass, type ClassRow } from "#db/enrolments.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { changesOf } from "../../changes.ts";
import { invalid, notFound } from "../../errors.ts";
import { claimRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { authorize } from "../../policy.ts";
import { administeredSchools } from "../rules.ts";
import type { ChangeClassInput, ClassInput } from "./inputs.ts";

export async function listClasses(ctx: AppContext, actor: Actor, schoolId: string): Promise<ClassRow[]> {
  authorize(actor, "school:administer", schoolId);
  return selectClasses(ctx.db, schoolId);
}

export async function createClass(ctx: AppContext, actor: Actor, schoolId: string, input: ClassInput, repeat: Repeat | null = null): Promise<ClassRow> {
  authorize(actor, "school:administer", schoolId);
  await requireOwn(ctx, schoolId, input);
  const id = await once(ctx, actor.userId, repeat, async () => {
    const made = ctx.ids.make("class");
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, made),
      insertClass(ctx.db, { id: made, schoolId, ...input, createdAt: ctx.clock.now() }),
      record(ctx, actor, { action: "class.created", subjectId: made, schoolId, details: input }),
    ]);
    return made;
  });
  return (await findClass(ctx.db, [schoolId], id))!;
}

/** Enrolments that were made in the class keep their subject and teacher. */
export async function changeClass(ctx: AppContext, actor: Actor, id: string, input: ChangeClassInput): Promise<ClassRow> {
  const before = await findClass(ctx.db, administeredSchools(actor).map((school) => school.schoolId), id);
  if (!before) throw notFound();
  const change = changesOf(before, input);
  if (Object.keys(change).length === 0) return before;
  await requireOwn(ctx, before.schoolId, change);
  await commit(ctx.db, [updateClass(ctx.db, before.schoolId, id, change), record(ctx, actor, { action: "class.changed", subjectId: id, schoolId: before.schoolId, details: { new: change } })]);
  return { ...before, ...change };
}

/** A class is taught by a teacher of the school, in a subject of the school. */
async function requireOwn(ctx: AppContext, schoolId: string, { subjectId, teacherId }: { subjectId?: string | null; teacherId?: string | null }): Promise<void> {
  if (!subjectId && !teacherId) return;
  const [[subject], held] = await ctx.db.batch([selectSubject(ctx.db, schoolId, subjectId ?? ""), selectHeldRoles(ctx.db, schoolId, teacherId ? [teacherId] : [])]);
  if (subjectId && !subject) throw invalid("subjectId", "subject_unknown");
  if (teacherId && !holds(held, teacherId, "teacher")) throw invalid("teacherId", "teacher_unknown");
}
