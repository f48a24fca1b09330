import { insertAssignment, selectOwnAssignment, updateAssignment, type AssignmentRow } from "#db/assignments.ts";
import { commit, type Write } from "#db/client.ts";
import { insertRecipients, replaceRecipients, selectAuthorsChoice } from "#db/given-work.ts";
import { withdrawFrom } from "#db/notifications.ts";
import { selectLatestAttempts } from "#db/submissions.ts";
import { selectTaught } from "#db/teaching.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { changesOf } from "../../changes.ts";
import { readRule } from "../../consent/access.ts";
import { record } from "../../audit.server.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { claimRepeat, firstResult, once, selectRepeat, type Repeat } from "../../idempotency.server.ts";
import { instantOf } from "../../lessons/local-time.ts";
import { notifyEach } from "../../notifications/notify.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { audienceAfter, audienceOf, reachedBy } from "../audience.ts";
import { keepFiles } from "../files/keep-files.server.ts";
import { filesRefused } from "../files/files-refused.server.ts";
import { timeSkipped } from "../words.ts";
import type { AssignmentInput, ChangeAssignmentInput, DueInput } from "./inputs.ts";
import { mayBecome } from "./rules.ts";

/** A teacher's new work for students whom they teach: a draft, or open at once. */
export async function createAssignment(ctx: AppContext, actor: Actor, input: AssignmentInput, files: Upload[] = [], repeat: Repeat | null = null): Promise<string> {
  const now = ctx.clock.now();
  const [firsts, taught] = await ctx.db.batch([selectRepeat(ctx, actor.userId, repeat), selectTaught(ctx.db, actor.userId, { subjectId: input.subjectId }, now)]);
  const first = firstResult(repeat, firsts);
  if (first !== null) return first;
  const { stored, named, reached } = audienceOf(taught, input);
  const { title, instructions, competency, status, timeZone } = input;
  const row: AssignmentRow = { id: ctx.ids.make("asg"), ...stored, authorId: actor.userId, title, instructions, competency, status, dueAt: dueInstant(actor, input), timeZone, createdAt: now, changedAt: now };
  if (status === "open") requireFuture(row.dueAt, now);
  return once(ctx, actor.userId, repeat, async () => {
    const told = status === "open" ? tellStudents(ctx, row, reached) : { writes: [], jobIds: [] };
    await filesRefused(commit(ctx.db, [
      insertAssignment(ctx.db, row), ...(named.length > 0 ? [insertRecipients(ctx.db, row.id, named)] : []), ...claimRepeat(ctx, actor.userId, repeat, row.id),
      ...(await keepFiles(ctx, actor, files, { of: "assignment", ofId: row.id, schoolId: row.schoolId, studentId: null })).writes,
      record(ctx, actor, { action: "assignment.created", subjectId: row.id, schoolId: row.schoolId, details: { title, status, audience: stored.audience } }), ...told.writes,
    ]));
    await ctx.jobs.ring(told.jobIds);
    return row.id;
  });
}

/** Other words, another due time, for others, open or closed; the teacher's own only. */
export async function changeAssignment(ctx: AppContext, actor: Actor, id: string, { dueOn, dueTime, timeZone, offset, audience, classId, studentIds, ...input }: ChangeAssignmentInput, files: Upload[] = []): Promise<void> {
  const now = ctx.clock.now();
  const [[before], taught, recipients, handedIn] = await ctx.db.batch([selectOwnAssignment(ctx.db, actor.userId, id), ...selectAuthorsChoice(ctx.db, "assignments", id, actor.userId, now), selectLatestAttempts(ctx.db, actor.userId, id, readRule("assessments"), 500, now)]);
  if (!before) throw notFound();
  if (input.status && !mayBecome(before.status, input.status)) throw new DomainError("conflict", "assignment_step", { extra: { state: before.status } });
  const named = recipients.map(({ studentId }) => studentId);
  const others = audienceAfter(taught, before, named, { audience, classId, studentIds });
  const reached = others?.reached ?? reachedBy(taught, before, named);
  const leftOut = reachedBy(taught, before, named).map(({ studentId }) => studentId).filter((studentId) => !reached.some((row) => row.studentId === studentId));
  if (handedIn.some(({ studentId }) => leftOut.includes(studentId))) throw new DomainError("conflict", "audience_handed_in");
  const due = dueOn !== undefined && dueTime !== undefined && timeZone !== undefined ? { dueAt: dueInstant(actor, { dueOn, dueTime, timeZone, offset }), timeZone } : {};
  const change = changesOf(before, { ...input, ...due, ...others?.stored });
  if (Object.keys(change).length === 0 && !others && files.length === 0) return;
  const after = { ...before, ...change };
  const opens = change.status === "open";
  if (opens && before.status === "draft") requireFuture(after.dueAt, now);
  // Whom it was opened for before is not told again.
  const told = after.status === "open" && (before.status === "draft" || others) ? tellStudents(ctx, after, reached) : { writes: [] as Write[], jobIds: [] };
  await filesRefused(commit(ctx.db, [
    updateAssignment(ctx.db, actor.userId, id, { ...change, changedAt: now }), ...(others ? [...replaceRecipients(ctx.db, id, others.named), ...withdrawFrom(ctx.db, `${id}.opened`, leftOut)] : []),
    ...(await keepFiles(ctx, actor, files, { of: "assignment", ofId: id, schoolId: before.schoolId, studentId: null })).writes,
    record(ctx, actor, { action: opens ? "assignment.opened" : change.status === "closed" ? "assignment.closed" : "assignment.changed", subjectId: id, schoolId: before.schoolId, details: { changed: [...Object.keys(change), ...(others ? ["audience"] : [])], files: files.length } }), ...told.writes,
  ]));
  await ctx.jobs.ring(told.jobIds);
}

const tellStudents = (ctx: AppContext, { id, title, dueAt }: AssignmentRow, reached: { studentId: string; subject: string }[]) =>
  notifyEach(ctx, [...new Map(reached.map((row) => [row.studentId, row])).values()].map(({ studentId, subject }) =>
    ({ userId: studentId, childId: studentId, type: "assignment.opened" as const, facts: { title, subject, dueAt }, path: `/assignments/${id}`, cause: `${id}.opened` })));

function requireFuture(dueAt: number, now: number): void {
  if (dueAt <= now) throw invalid("dueOn", "due_past");
}

/** The instant that the local time names; a time that the clocks skip is refused with the nearest they show. */
function dueInstant(actor: Actor, { dueOn, dueTime, timeZone, offset }: DueInput): number {
  const found = instantOf(`${dueOn}T${dueTime}`, timeZone, offset);
  if (typeof found === "number") return found;
  if (found.problem === "time_skipped") throw new DomainError("invalid_input", "invalid_input", { fields: [{ path: "dueTime", message: timeSkipped(actor.locale, found.nearest) }], extra: { nearest: found.nearest } });
  throw invalid(found.problem === "time_zone_unknown" ? "timeZone" : "dueTime", found.problem);
}
