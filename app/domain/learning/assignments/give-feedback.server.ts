import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertEvidence, insertFeedback, selectGuardianReaders, selectSubmission, settleSubmission, studentOfSubmission } from "#db/submissions.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { readingCapacity } from "../../consent/access.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { notify } from "../../notifications/notify.server.ts";
import { authorizeRead } from "../../policy.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { pointsOf } from "../competencies.ts";
import { filesRefused } from "../files/files-refused.server.ts";
import { keepFiles } from "../files/keep-files.server.ts";
import { forRowsOf } from "../own-school.ts";
import type { FeedbackInput } from "./inputs.ts";
import { judgeFeedback } from "./rules.ts";

/** The teacher who gave the work says what they think of it: a level with a comment, or back for another try. Once for each attempt. */
export async function giveFeedback(ctx: AppContext, actor: Actor, submissionId: string, { level, comment, again }: FeedbackInput, files: Upload[] = []): Promise<void> {
  const now = ctx.clock.now();
  const student = studentOfSubmission(submissionId);
  const [[work], [row], guardians] = await ctx.db.batch([selectSubmission(ctx.db, submissionId), selectChildAccess(ctx.db, actor, student, now), selectGuardianReaders(ctx.db, student, now)]);
  if (!work) throw notFound();
  const access = forRowsOf(accessOf(row, actor, now), work.schoolId);
  const capacity = authorizeRead(actor, access, "assessments");
  if (work.teacherId !== actor.userId || !access!.capacities.some(({ as }) => as === "teacher")) throw new DomainError("forbidden");
  if (!again && level === null) throw invalid("level", "level_missing");
  if (again && comment === "") throw invalid("comment", "say_what_again");
  const verdict = judgeFeedback(work);
  if (verdict !== "taken") throw new DomainError("conflict", verdict, { extra: { state: work.status } });

  const { studentId, schoolId, title, competency } = work;
  const id = ctx.ids.make("fb");
  const given = again ? null : level;
  // Whom the matrix lets read it: the child, and guardians by the same rule that opens the page to them.
  const readers = guardians.filter(({ id: _id, isPrimary, ...rights }) => readingCapacity({ restricted: false, capacities: [{ as: "guardian", isPrimary, rights }], settings: access!.settings, at: now }, "assessments"));
  const told = notify(ctx, [studentId, ...readers.map((reader) => reader.id)], {
    type: again ? "submission.returned" : "feedback.given", facts: { child: row!.name, title, by: actor.name, level: given ?? "" }, path: `/submissions/${submissionId}`, cause: `${id}.given`, childId: studentId,
  });
  try {
    await filesRefused(commit(ctx.db, [
      settleSubmission(ctx.db, submissionId, again ? "returned" : "reviewed"),
      insertFeedback(ctx.db, { id, submissionId, studentId, schoolId, authorId: actor.userId, level: given && pointsOf(given), comment, at: now }),
      ...(competency && given ? [insertEvidence(ctx.db, { id: ctx.ids.make("ev"), studentId, schoolId, competency, level: pointsOf(given), source: "feedback", sourceId: id, visibility: "child", at: now })] : []),
      ...(await keepFiles(ctx, actor, files, { of: "feedback", ofId: id, schoolId, studentId })).writes,
      record(ctx, actor, { action: again ? "submission.returned" : "feedback.given", subjectId: submissionId, childId: studentId, schoolId, details: { level: given, capacity: capacity.as, files: files.length } }), ...told.writes,
    ]));
  } catch (error) {
    // Another press was quicker, or the student has handed in anew.
    if (broke(error, "NOT NULL submissions.revision", "UNIQUE feedback.submission_id")) throw new DomainError("conflict", "already_reviewed");
    throw error;
  }
  await ctx.jobs.ring(told.jobIds);
}
