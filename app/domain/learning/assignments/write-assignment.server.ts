import { insertAssignment, selectOwnAssignment, updateAssignment, type AssignmentRow } from "#db/assignments.ts";
import { commit, type Write } from "#db/client.ts";
import { insertRecipients } from "#db/given-work.ts";
import { selectTaught } from "#db/teaching.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { claimRepeat, findRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { instantOf } from "../../lessons/local-time.ts";
import { notifyEach } from "../../notifications/notify.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { audienceOf } from "../audience.ts";
import { keepFiles } from "../files/keep-files.server.ts";
import { filesRefused } from "../files/files-refused.server.ts";
import { timeSkipped } from "../words.ts";
import type { AssignmentInput, ChangeAssignmentInput, DueInput } from "./inputs.ts";
import { mayBecome } from "./rules.ts";

/** A teacher's new work for students whom they teach: a draft, or open at once. */
export async function createAssignment(ctx: AppContext, actor: Actor, input: AssignmentInput, files: Upload[] = [], repeat: Repeat | null = null): Promise<string> {
  const first = files.length > 0 ? await findRepeat(ctx, actor.userId, repeat) : null;
  if (first !== null) return first;
  const taught = await selectTaught(ctx.db, actor.userId, { subjectId: input.subjectId }, ctx.clock.now());
  const { stored, named, reached } = audienceOf(taught, input);
  const now = ctx.clock.now();
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

/** Other words, another due time, open or closed; the teacher's own only. */
export async function changeAssignment(ctx: AppContext, actor: Actor, id: string, { dueOn, dueTime, timeZone, offset, ...input }: ChangeAssignmentInput, files: Upload[] = []): Promise<void> {
  const now = ctx.clock.now();
  const [[before], taught] = await ctx.db.batch([selectOwnAssignment(ctx.db, actor.userId, id), selectTaught(ctx.db, actor.userId, {}, now)]);
  if (!before) throw notFound();
  if (input.status && !mayBecome(before.status, input.status)) throw new DomainError("conflict", "assignment_step", { extra: { state: before.status } });
  const due = dueOn !== undefined && dueTime !== undefined && timeZone !== undefined ? { dueAt: dueInstant(actor, { dueOn, dueTime, timeZone, offset }), timeZone } : {};
  const change: Partial<AssignmentRow> = Object.fromEntries(Object.entries({ ...input, ...due }).filter(([field, value]) => value !== undefined && value !== before[field as keyof AssignmentRow]));
  if (Object.keys(change).length === 0 && files.length === 0) return;
  const after = { ...before, ...change };
  const opens = change.status === "open";
  if (opens && before.status === "draft") requireFuture(after.dueAt, now);
  const reached = taught.filter((row) => row.subjectId === after.subjectId && (after.audience !== "class" || row.classId === after.classId));
  // Students named were told of nothing while it was a draft; the list of them is read where it is shown.
  const told = opens && before.status === "draft" && after.audience !== "students" ? tellStudents(ctx, after, reached) : { writes: [] as Write[], jobIds: [] };
  await filesRefused(commit(ctx.db, [
    updateAssignment(ctx.db, actor.userId, id, { ...change, changedAt: now }), ...(await keepFiles(ctx, actor, files, { of: "assignment", ofId: id, schoolId: before.schoolId, studentId: null })).writes,
    record(ctx, actor, { action: opens ? "assignment.opened" : change.status === "closed" ? "assignment.closed" : "assignment.changed", subjectId: id, schoolId: before.schoolId, details: { changed: Object.keys(change), files: files.length } }), ...told.writes,
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
