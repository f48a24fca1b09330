import { freeSlots } from "#db/lesson-slots.ts";
import { cancelLessons, insertLessonChanges } from "#db/lesson-writes.ts";
import { postLesson } from "#db/ledger.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { recordAll } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { commitLessons } from "./commit-lessons.server.ts";
import type { CancelLessonInput, Scope } from "./inputs.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { loadLesson, requireRevision, type Loaded } from "./load-lesson.server.ts";
import { scopeOf } from "./plan-changes.server.ts";
import { cancelProblem, hoursWhenCancelled, minutesOf, type LateProblem, type Side } from "./rules.ts";

type Consequence = {
  as: Side;
  /** Why it cannot be cancelled; a key of the catalogue's `problems`. */
  problem: LateProblem | null;
  lessons: number;
  /** Of the first lesson; those of later ones are always let go. */
  hours: "consumed" | "released" | "none";
  minutes: { consumed: number; released: number };
  /** Names of those who are told. */
  told: string[];
};

/** What cancelling now would do, for the page that asks whether it is meant. */
export async function foreseeCancellation(ctx: AppContext, actor: Actor, lessonId: string, scope: Scope): Promise<Consequence> {
  return consequenceOf(actor, await loadLesson(ctx, actor, lessonId), scope, ctx.clock.now());
}

export function consequenceOf(actor: Actor, loaded: Omit<Loaded, "series">, scope: Scope, now: number): Consequence {
  const { lesson, guardians, side } = loaded;
  const lessons = scopeOf(loaded, scope);
  const minutesWhere = (hours: "consumed" | "released") => lessons.filter((one) => hoursWhenCancelled(side, one, now) === hours).reduce((sum, one) => sum + minutesOf(one), 0);
  const told = [{ userId: lesson.teacherId, name: lesson.teacher }, { userId: lesson.studentId, name: lesson.student }, ...guardians];
  return {
    as: side, problem: lessons.map((one) => cancelProblem(side, one, now)).find((found) => found !== null) ?? null, lessons: lessons.length, hours: hoursWhenCancelled(side, lesson, now) ?? "none",
    minutes: { consumed: minutesWhere("consumed"), released: minutesWhere("released") }, told: [...new Map(told.filter(({ userId }) => userId !== actor.userId).map(({ userId, name }) => [userId, name])).values()],
  };
}

/** Calls off a lesson, or more of its series, all or nothing. Cancelled by the same person before, nothing is done. */
export async function cancelLesson(ctx: AppContext, actor: Actor, lessonId: string, { scope, reason, revision, expectedHours }: CancelLessonInput): Promise<void> {
  const now = ctx.clock.now();
  const loaded = await loadLesson(ctx, actor, lessonId);
  const { lesson, side, guardians } = loaded;
  if (lesson.status === "cancelled" && lesson.cancelledBy === actor.userId) return;
  requireRevision(lesson, revision);
  const { problem, hours, minutes } = consequenceOf(actor, loaded, scope, now);
  if (problem) throw new DomainError("conflict", problem);
  if (expectedHours !== undefined && expectedHours !== hours) throw new DomainError("conflict", "consequence_changed", { extra: { hours } });

  const lessons = scopeOf(loaded, scope).map((one) => ({ ...one, hours: hoursWhenCancelled(side, one, now) }));
  const ids = lessons.map(({ id }) => id);
  const news = lessonNews(ctx, actor, lesson, guardians, "lesson.cancelled", { count: lessons.length, consumed: minutes.consumed });
  await commitLessons(ctx, [
    ...cancelLessons(ctx.db, lessons, { by: actor.userId, as: side, reason, at: now }), freeSlots(ctx.db, ids),
    ...lessons.filter((one) => one.hours === "consumed").flatMap((one) => postLesson(ctx.db, () => ctx.ids.make("entry"), { lessonId: one.id, schoolId: one.schoolId, studentId: one.studentId, minutes: minutesOf(one), at: now })),
    ...insertLessonChanges(ctx.db, lessons.map((one) => ({ id: ctx.ids.make("lch"), lessonId: one.id, what: "cancelled" as const, byId: actor.userId, facts: { startsAt: one.startsAt, as: side, hours: one.hours }, at: now }))),
    ...recordAll(ctx, actor, lessons.map((one) => ({ action: "lesson.cancelled", subjectId: one.id, childId: one.studentId, schoolId: one.schoolId, details: { startsAt: one.startsAt, as: side, hours: one.hours } }))),
    ...news.writes,
  ], { ...lesson, slots: [], using: [] });
  await ctx.jobs.ring(news.jobIds);
}
