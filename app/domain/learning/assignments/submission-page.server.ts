import { selectAttachments, selectAttachmentsOf } from "#db/attachments.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { feedbackOfSubmission, selectSubmission, studentOfSubmission } from "#db/submissions.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { noteReading } from "../../consent/note-look.server.ts";
import { notFound } from "../../errors.ts";
import { authorizeRead } from "../../policy.ts";
import { levelOf } from "../competencies.ts";
import { forRowsOf } from "../own-school.ts";
import { judgeFeedback } from "./rules.ts";

/** An attempt with its files and its feedback, for whom the family lets read assessments; of a school only where it is that one's. */
export async function readSubmission(ctx: AppContext, actor: Actor, id: string) {
  const now = ctx.clock.now();
  const [[work], [row], files, feedbackFiles] = await ctx.db.batch([
    selectSubmission(ctx.db, id), selectChildAccess(ctx.db, actor, studentOfSubmission(id), now), selectAttachments(ctx.db, "submission", [id]), selectAttachmentsOf(ctx.db, "feedback", feedbackOfSubmission(id)),
  ]);
  if (!work) throw notFound();
  const access = forRowsOf(accessOf(row, actor, now), work.schoolId);
  const capacity = authorizeRead(actor, access, "assessments");
  noteReading(ctx, actor, work.studentId, capacity, "assessments");
  const { level, comment, feedbackId, feedbackAt, newest, schoolId: _school, ...rest } = work;
  const teaches = work.teacherId === actor.userId && access!.capacities.some(({ as }) => as === "teacher");
  return {
    ...rest, student: row!.name, isNewest: work.attempt === newest, files, own: actor.userId === work.studentId, capacity: capacity.as,
    feedback: feedbackId === null ? null : { id: feedbackId, level: level === null ? null : levelOf(level), comment: comment!, at: feedbackAt!, files: feedbackFiles },
    mayReview: teaches && judgeFeedback(work) === "taken",
  };
}
export type SubmissionPage = Awaited<ReturnType<typeof readSubmission>>;
