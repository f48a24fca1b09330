import { eq } from "drizzle-orm";
import { assignments, attachments, feedback, materialProgress, materials, studyPlans, studyPlanSteps, submissions } from "#db/schema/learning.ts";
import { DAY } from "#app/domain/clock.ts";
import type { TestContext } from "#tests/world.ts";

/** A material, a plan, an assignment with an attempt that waits, and a file of that attempt: one of everything that is given and handed in. The child has opened the material before. */
export async function makeLearning(ctx: TestContext, { teacherId, subjectId, schoolId, childId }: { teacherId: string; subjectId: string; schoolId: string; childId: string }) {
  const now = ctx.clock.now();
  const ids = { materialId: ctx.ids.make("mat"), studyPlanId: ctx.ids.make("splan"), assignmentId: ctx.ids.make("asg"), submissionId: ctx.ids.make("subm"), fileId: ctx.ids.make("file") };
  const given = { schoolId, subjectId, authorId: teacherId, audience: "subject" as const, createdAt: now, changedAt: now };
  const key = `attachments/submission/${ids.submissionId}/${ids.fileId}`;
  await ctx.files.put(key, new TextEncoder().encode("Ten sums"), "text/plain");
  await ctx.db.batch([
    ctx.db.insert(materials).values({ id: ids.materialId, ...given, title: "Fractions", status: "shared" }),
    ctx.db.insert(materialProgress).values({ materialId: ids.materialId, studentId: childId, openedAt: now }),
    ctx.db.insert(studyPlans).values({ id: ids.studyPlanId, studentId: childId, schoolId, title: "Before the test", authorId: teacherId, startsOn: "2027-01-01", endsOn: "2027-01-31", status: "active", createdAt: now }),
    ctx.db.insert(studyPlanSteps).values({ planId: ids.studyPlanId, studentId: childId, position: 1, text: "Read" }),
    ctx.db.insert(assignments).values({ id: ids.assignmentId, ...given, title: "Ten sums", status: "open", dueAt: now + DAY, timeZone: "Africa/Nairobi" }),
    ctx.db.insert(submissions).values({ id: ids.submissionId, assignmentId: ids.assignmentId, studentId: childId, schoolId, teacherId, attempt: 1, text: "Done", late: false, status: "waiting", submittedAt: now }),
    ctx.db.insert(attachments).values({ id: ids.fileId, of: "submission", ofId: ids.submissionId, schoolId, studentId: childId, name: "sums.txt", type: "text/plain", size: 8, key, sha256: "", uploadedBy: childId, createdAt: now }),
  ]);
  return ids;
}

/** Marks in what is kept as `progress` and `assessments`, for the consent matrix to look for. */
export async function plantLearning(ctx: TestContext, side: { childId: string; teacherId: string; studyPlanId: string; submissionId: string; schoolId: string }, word: string) {
  const { db } = ctx;
  await db.batch([
    db.update(studyPlans).set({ title: `Plan${word}` }).where(eq(studyPlans.id, side.studyPlanId)),
    db.update(submissions).set({ text: `Work${word}`, status: "reviewed" }).where(eq(submissions.id, side.submissionId)),
    db.insert(feedback).values({ id: ctx.ids.make("fb"), submissionId: side.submissionId, studentId: side.childId, schoolId: side.schoolId, authorId: side.teacherId, level: 6, comment: `Comment${word}`, at: ctx.clock.now() }),
    db.update(attachments).set({ name: `File${word}.txt` }).where(eq(attachments.ofId, side.submissionId)),
  ]);
  return { progress: [`Plan${word}`], assessments: [`Work${word}`, `Comment${word}`, `File${word}`] };
}
