import { commit } from "#db/client.ts";
import { findEnrolment, holds, selectClass, selectHeldRoles, updateEnrolment, type EnrolmentRow } from "#db/enrolments.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { changesOf, replacedBy } from "../../changes.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { administeredSchools } from "../rules.ts";
import type { ChangeEnrolmentInput } from "./inputs.ts";
import { isInForce } from "./rules.ts";

async function getEnrolment(ctx: AppContext, actor: Actor, id: string): Promise<EnrolmentRow> {
  const found = await findEnrolment(ctx.db, administeredSchools(actor).map((school) => school.schoolId), id);
  if (!found) throw notFound();
  return found;
}

/** Another tutor, class or name. Another teacher or subject is another enrolment: this one ends, that one begins. */
export async function changeEnrolment(ctx: AppContext, actor: Actor, id: string, input: ChangeEnrolmentInput): Promise<EnrolmentRow> {
  const before = await getEnrolment(ctx, actor, id);
  if (!isInForce(before, ctx.clock.now())) throw new DomainError("conflict", "enrolment_over");
  const { schoolId } = before;
  const [held, [inClass]] = await ctx.db.batch([selectHeldRoles(ctx.db, schoolId, input.tutorId ? [input.tutorId] : []), selectClass(ctx.db, schoolId, input.classId ?? "")]);
  if (input.tutorId && !holds(held, input.tutorId, "tutor")) throw invalid("tutorId", "tutor_not_here");
  if (input.classId && !inClass) throw invalid("classId", "class_unknown");
  const change = changesOf(before, input);
  if (Object.keys(change).length === 0) return before;
  await commit(ctx.db, [updateEnrolment(ctx.db, schoolId, id, change), record(ctx, actor, { action: "enrolment.changed", subjectId: id, childId: before.studentId, schoolId, details: { old: replacedBy(change, before), new: change } })]);
  return { ...before, ...change };
}

/** From now on: on the next request the teacher and the tutor no longer see the student by it. Ended already, nothing is done. */
export async function endEnrolment(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const before = await getEnrolment(ctx, actor, id);
  const now = ctx.clock.now();
  if (before.endsAt !== null && before.endsAt <= now) return;
  await commit(ctx.db, [updateEnrolment(ctx.db, before.schoolId, id, { endsAt: now }), record(ctx, actor, { action: "enrolment.ended", subjectId: id, childId: before.studentId, schoolId: before.schoolId, details: { teacherId: before.teacherId, tutorId: before.tutorId } })]);
}
