import { selectAssignment, selectAuthorKeptAway } from "#db/assignments.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectNear } from "#db/given-work.ts";
import { insertSubmission, selectAttempts, supersede } from "#db/submissions.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { readRule } from "../../consent/access.ts";
import { isOpen } from "../../consent/rules.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { claimRepeat, firstResult, once, selectRepeat, type Repeat } from "../../idempotency.server.ts";
import { notify } from "../../notifications/notify.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { filesRefused } from "../files/files-refused.server.ts";
import { keepFiles } from "../files/keep-files.server.ts";
import { noteActivity } from "../note-activity.server.ts";
import type { HandInInput } from "./inputs.ts";
import { isLate, judgeHandIn, nextAttempt } from "./rules.ts";

/** A student hands work in: another attempt while there is no feedback, or after it was sent back. After the due time it is marked late. */
export async function handIn(ctx: AppContext, actor: Actor, assignmentId: string, { text, attempt, minutes = 0 }: HandInInput, files: Upload[], repeat: Repeat | null = null): Promise<string> {
  const now = ctx.clock.now();
  const self = { userId: actor.userId, wards: [] };
  const rule = readRule("assessments");
  const [firsts, [found], [me], attempts, [row], [author]] = await ctx.db.batch([
    selectRepeat(ctx, actor.userId, repeat), selectAssignment(ctx.db, assignmentId), selectNear(ctx.db, "assignments", assignmentId, self, rule, now), selectAttempts(ctx.db, assignmentId, self, rule, now),
    selectChildAccess(ctx.db, actor, actor.userId, now), selectAuthorKeptAway(ctx.db, assignmentId, actor.userId, now),
  ]);
  const first = firstResult(repeat, firsts);
  if (first !== null) return first;
  if (!found || me?.id !== actor.userId) throw notFound();
  const { assignment } = found;
  if (text === "" && files.length === 0) throw invalid("text", "submission_empty");
  const verdict = judgeHandIn({ status: assignment.status, latest: attempts[0], attempt });
  if (verdict !== "taken") throw new DomainError("conflict", verdict, { extra: { state: attempts[0]?.status ?? assignment.status, nextAttempt: nextAttempt(attempts[0]) } });
  const id = ctx.ids.make("subm");
  const late = isLate(now, assignment.dueAt);
  const { schoolId, subjectId, authorId, title } = assignment;
  const settings = accessOf(row, actor, now)!.settings;
  const tells = !author?.away && isOpen({ dataType: "assessments", recipient: "teachers" }, settings, now);
  const told = notify(ctx, tells ? [authorId] : [], { type: "submission.handed_in", facts: { child: actor.name, title, late: late ? 1 : 0 }, path: `/submissions/${id}`, cause: `${id}.handed_in`, childId: actor.userId });
  return once(ctx, actor.userId, repeat, async () => {
    try {
      await filesRefused(commit(ctx.db, [
        insertSubmission(ctx.db, { id, assignmentId, studentId: actor.userId, schoolId, teacherId: authorId, attempt, text, late, submittedAt: now }),
        supersede(ctx.db, { assignmentId, studentId: actor.userId, attempt }), ...claimRepeat(ctx, actor.userId, repeat, id),
        ...(await keepFiles(ctx, actor, files, { of: "submission", ofId: id, schoolId, studentId: actor.userId })).writes,
        noteActivity(ctx, { studentId: actor.userId, schoolId, subjectId, kind: "assignment", about: title, minutes, cause: id, timeZone: actor.timeZone }),
        record(ctx, actor, { action: "submission.handed_in", subjectId: id, childId: actor.userId, schoolId, details: { assignmentId, attempt, late, files: files.length } }), ...told.writes,
      ]));
    } catch (error) {
      // Sent twice, closed, or reviewed in between.
      if (broke(error, "UNIQUE submissions.assignment_id")) throw new DomainError("conflict", "attempt_taken");
      if (broke(error, "NOT NULL submissions.revision")) throw new DomainError("conflict", "assignment_closed");
      throw error;
    }
    await ctx.jobs.ring(told.jobIds);
    return id;
  });
}
