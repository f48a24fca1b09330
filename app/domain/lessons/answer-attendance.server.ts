import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { answerOutcome, correctAttendance, resolveOutcome } from "#db/lesson-outcomes.ts";
import { insertLessonChanges } from "#db/lesson-writes.ts";
import { listAdministrators } from "#db/lesson-pairs.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import type { ResolutionInput } from "./attendance-inputs.ts";
import { answerProblem } from "./attendance-rules.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { loadHeld, type Held } from "./load-held.server.ts";

/** A guardian with the right to schedule says that what is written is so. The first word of a guardian counts. */
export async function confirmAttendance(ctx: AppContext, actor: Actor, lessonId: string): Promise<void> {
  const held = await loadUnanswered(ctx, actor, lessonId);
  await write(ctx, actor, held, "confirmed", {}, [answerOutcome(ctx.db, lessonId, { answer: "confirmed", answeredBy: actor.userId, dispute: null, now: ctx.clock.now() })]);
}

/** … or that it is not. The hours stay held until the administration has found what stands. */
export async function disputeAttendance(ctx: AppContext, actor: Actor, lessonId: string, reason: string): Promise<void> {
  const held = await loadUnanswered(ctx, actor, lessonId);
  const { lesson } = held;
  const administrators = await listAdministrators(ctx.db, lesson.schoolId);
  const news = notify(ctx, [lesson.teacherId, ...administrators].filter((userId) => userId !== actor.userId), {
    type: "lesson.disputed", facts: { child: lesson.student, subject: lesson.subject, by: actor.name, startsAt: lesson.startsAt }, path: `/schedule/${lessonId}/attendance`, cause: `${lessonId}.disputed`, severity: "attention", childId: lesson.studentId,
  });
  await write(ctx, actor, held, "disputed", {}, [answerOutcome(ctx.db, lessonId, { answer: "disputed", answeredBy: actor.userId, dispute: reason, now: ctx.clock.now() }), ...news.writes]);
  await ctx.jobs.ring(news.jobIds);
}

/** The administration finds what stands. Corrected, the hours are given back, whatever attendance was: the school was wrong. */
export async function resolveDispute(ctx: AppContext, actor: Actor, lessonId: string, { resolution, status }: ResolutionInput): Promise<void> {
  const held = await loadHeld(ctx, actor, lessonId, ({ administers }) => administers);
  const { lesson, outcome, guardians } = held;
  if (outcome?.answer !== "disputed" || outcome.resolution !== null) throw new DomainError("conflict", "nothing_disputed");
  if (status !== undefined && resolution === "stands") throw invalid("status", "stands_as_it_is");
  const news = lessonNews(ctx, actor, lesson, guardians, "lesson.resolved", { corrected: Number(resolution === "corrected") });
  await write(ctx, actor, held, "resolved", { resolution, status: status ?? outcome.status }, [resolveOutcome(ctx.db, lessonId, resolution, actor.userId), ...(status ? [correctAttendance(ctx.db, lessonId, status)] : []), ...news.writes]);
  await ctx.jobs.ring(news.jobIds);
}

async function loadUnanswered(ctx: AppContext, actor: Actor, lessonId: string): Promise<Held> {
  const held = await loadHeld(ctx, actor, lessonId, ({ schedules }) => schedules);
  const problem = answerProblem(held.outcome, ctx.clock.now());
  if (problem) throw new DomainError("conflict", problem, { extra: held.outcome?.answeredBy ? { decidedBy: held.outcome.answeredBy, decidedByName: held.outcome.answerer } : {} });
  return held;
}

async function write(ctx: AppContext, actor: Actor, { lesson }: Held, what: "confirmed" | "disputed" | "resolved", facts: Record<string, string>, writes: Write[]): Promise<void> {
  try {
    await commit(ctx.db, [
      ...writes,
      ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId: lesson.id, what: what === "resolved" ? "settled" : what, byId: actor.userId, facts, at: ctx.clock.now() }]),
      record(ctx, actor, { action: `lesson.${what}`, subjectId: lesson.id, childId: lesson.studentId, schoolId: lesson.schoolId, details: facts }),
    ]);
  } catch (error) {
    if (broke(error, "NOT NULL lesson_outcomes.confirm_until")) throw new DomainError("conflict", "attendance_answered");
    throw error;
  }
}
