import { commit } from "#db/client.ts";
import { findSubject, insertSubject, selectSubjects, updateSubject, type SubjectRow } from "#db/enrolments.ts";
import { broke } from "#db/errors.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { changesOf } from "../../changes.ts";
import { DomainError, notFound } from "../../errors.ts";
import { claimRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { authorize } from "../../policy.ts";
import { administeredSchools } from "../rules.ts";
import type { ChangeSubjectInput, SubjectInput } from "./inputs.ts";

const TAKEN = "UNIQUE subjects.school_id";
const taken = (error: unknown) => (broke(error, TAKEN) ? new DomainError("conflict", "subject_taken", { fields: [{ path: "name", message: "subject_taken" }] }) : error);

export async function listSubjects(ctx: AppContext, actor: Actor, schoolId: string): Promise<SubjectRow[]> {
  authorize(actor, "school:administer", schoolId);
  return selectSubjects(ctx.db, schoolId);
}

export async function createSubject(ctx: AppContext, actor: Actor, schoolId: string, input: SubjectInput, repeat: Repeat | null = null): Promise<SubjectRow> {
  authorize(actor, "school:administer", schoolId);
  const id = await once(ctx, actor.userId, repeat, async () => {
    const made = ctx.ids.make("sub");
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, made),
      insertSubject(ctx.db, { id: made, schoolId, ...input, createdAt: ctx.clock.now() }),
      record(ctx, actor, { action: "subject.created", subjectId: made, schoolId, details: input }),
    ]).catch((error: unknown) => { throw taken(error); });
    return made;
  });
  return (await findSubject(ctx.db, [schoolId], id))!;
}

export async function changeSubject(ctx: AppContext, actor: Actor, id: string, input: ChangeSubjectInput): Promise<SubjectRow> {
  const before = await findSubject(ctx.db, administeredSchools(actor).map((school) => school.schoolId), id);
  if (!before) throw notFound();
  const change = changesOf(before, input);
  if (Object.keys(change).length === 0) return before;
  await commit(ctx.db, [updateSubject(ctx.db, before.schoolId, id, change), record(ctx, actor, { action: "subject.changed", subjectId: id, schoolId: before.schoolId, details: { new: change } })])
    .catch((error: unknown) => { throw taken(error); });
  return { ...before, ...change };
}
