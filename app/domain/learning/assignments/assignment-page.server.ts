import { selectAssignment, selectOwnAssignment } from "#db/assignments.ts";
import { selectAttachments } from "#db/attachments.ts";
import { selectAuthorsChoice, selectNear } from "#db/given-work.ts";
import { selectAttempts, selectLatestAttempts } from "#db/submissions.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { notFound } from "../../errors.ts";
import { localOf } from "../../lessons/local-time.ts";
import { noteNear } from "../note-near.server.ts";
import { audienceNow } from "../audience-choice.server.ts";
import { levelOf } from "../competencies.ts";
import { isLate, judgeHandIn, nextAttempt } from "./rules.ts";

const MOST_SHOWN = 60;

/** An assignment as its reader has it: its teacher with what came in; a student, a guardian or a tutor with the attempts of the children for whom it is. */
export async function readAssignment(ctx: AppContext, actor: Actor, id: string) {
  const now = ctx.clock.now();
  const rule = readRule("assessments");
  const [[found], [own], files, near, attempts, latest, taught, recipients] = await ctx.db.batch([
    selectAssignment(ctx.db, id), selectOwnAssignment(ctx.db, actor.userId, id), selectAttachments(ctx.db, "assignment", [id]), selectNear(ctx.db, "assignments", id, actor, rule, now),
    selectAttempts(ctx.db, id, actor, rule, now), selectLatestAttempts(ctx.db, actor.userId, id, rule, MOST_SHOWN + 1, now), ...selectAuthorsChoice(ctx.db, "assignments", id, actor.userId, now),
  ]);
  if (!found || (!own && near.length === 0)) throw notFound();
  const { assignment: { schoolId: _school, createdAt: _made, changedAt: _changed, ...assignment }, subject, author } = found;
  noteNear(ctx, actor, near, "assessments");
  const children = near.map((child) => ({
    ...child, attempts: attempts.filter(({ studentId }) => studentId === child.id).map(({ studentId: _student, text: _text, feedbackAt: _at, feedbackId, comment: _comment, level, ...attempt }) => ({ ...attempt, hasFeedback: feedbackId !== null, level: level === null ? null : levelOf(level) })),
  }));
  const mine = children.find((child) => child.id === actor.userId);
  const next = nextAttempt(mine?.attempts[0]);
  return {
    ...assignment, subject, author, files, children, over: isLate(now, assignment.dueAt), dueLocal: localOf(assignment.dueAt, assignment.timeZone),
    /** The student's own next attempt, or why there is none. */
    handIn: mine && { attempt: next, verdict: judgeHandIn({ status: assignment.status, latest: mine.attempts[0], attempt: next }) },
    /** What came in, for its teacher. */
    received: own ? { items: latest.slice(0, MOST_SHOWN).map(({ id: submissionId, student, status, late, attempt, submittedAt }) => ({ id: submissionId, student, status, late, attempt, submittedAt })), more: latest.length > MOST_SHOWN } : null,
    forWhom: own ? audienceNow(assignment, taught, recipients.map(({ studentId }) => studentId)) : null,
  };
}
export type AssignmentPage = Awaited<ReturnType<typeof readAssignment>>;
