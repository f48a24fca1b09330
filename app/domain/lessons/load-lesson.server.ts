import { selectTold, studentOfLesson } from "#db/lesson-pairs.ts";
import { selectLesson, selectRestOfSeries, selectSeriesOf } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import { sideOf } from "./rules.ts";
import { mayAct, standingTo, timetableReader } from "./standing.server.ts";

/** A lesson that the actor may see and act on, the rest of its series that is to come, who at home is told, and in what they act. */
export async function loadLesson(ctx: AppContext, actor: Actor, lessonId: string) {
  const now = ctx.clock.now();
  const reader = timetableReader(actor);
  const [[lesson], rest, [series], guardians] = await ctx.db.batch([
    selectLesson(ctx.db, reader, lessonId, now), selectRestOfSeries(ctx.db, reader, lessonId, now), selectSeriesOf(ctx.db, lessonId), selectTold(ctx.db, studentOfLesson(lessonId), now),
  ]);
  if (!lesson) throw notFound();
  const standing = standingTo(actor, lesson);
  if (!mayAct(standing)) throw new DomainError("forbidden");
  return { lesson, rest, series: series ?? null, guardians, standing, side: sideOf(standing) };
}
export type Loaded = Awaited<ReturnType<typeof loadLesson>>;

export function requireRevision(lesson: { revision: number }, seen: number | undefined): void {
  if (seen !== undefined && seen !== lesson.revision) throw new DomainError("conflict", "lesson_changed_meanwhile");
}
