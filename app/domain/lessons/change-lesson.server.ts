import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { recordAll } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { commitLessons } from "./commit-lessons.server.ts";
import type { ChangeLessonInput } from "./inputs.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { loadLesson, requireRevision } from "./load-lesson.server.ts";
import { planMove } from "./plan-move.server.ts";
import { planSeries, planSet } from "./plan-set.server.ts";
import { DETAILS, factsOf, given, hasChanged, isSame, planChanges, type PlannedChange } from "./plan-changes.server.ts";
import { changeProblem, isEnrolled, type Standing } from "./rules.ts";

/**
 * Changes what was given, of this lesson or of more of its series, all or nothing. A guardian moves it and nobody else is asked; what
 * guardians had agreed to the school moves only when they agree again. Answers how many changed, and of how many they are asked.
 */
export async function changeLesson(ctx: AppContext, actor: Actor, lessonId: string, input: ChangeLessonInput): Promise<{ changed: number; asked: number }> {
  const now = ctx.clock.now();
  const { lesson, rest, series, guardians, standing } = await loadLesson(ctx, actor, lessonId);
  requireRevision(lesson, input.revision);
  const late = changeProblem(lesson, now);
  if (late) throw new DomainError("conflict", late);
  requireOwnFields(standing, input);

  const newSeriesId = series && input.scope === "following" ? ctx.ids.make("ser") : null;
  const plan = planChanges({ lesson, rest, series }, input, newSeriesId ?? lesson.seriesId, now);
  const isMoved = ({ before, after }: PlannedChange) => !isSame(before, after);
  const isAsked = (change: PlannedChange) => isMoved(change) && change.before.approvedBy !== null && !standing.schedules;
  const { asked = [], free = [] } = Object.groupBy(plan.changes, (change) => (isAsked(change) ? "asked" : "free"));
  if (plan.changes.some((change) => isMoved(change) && !isEnrolled({ startsAt: change.before.enrolledFrom, endsAt: change.before.enrolledUntil }, change.after.startsAt, now))) throw invalid("localStart", "not_enrolled_then");
  // Of a lesson that waits to be moved everything else changes at once.
  const set = [...free, ...asked.map(({ before, after }) => ({ before, after: { ...before, ...given(input), seriesId: after.seriesId, seriesDate: after.seriesDate } }))];
  const changed = set.filter(hasChanged);
  if (changed.length + asked.length === 0) return { changed: 0, asked: 0 };

  const rows = planSet(ctx, actor, set, standing.schedules ? actor.userId : null);
  const move = planMove(ctx, actor, asked, guardians);
  const moved = changed.filter(isMoved);
  const news = moved[0] ? lessonNews(ctx, actor, moved[0].after, guardians, "lesson.moved", { from: moved[0].before.startsAt, count: moved.length })
    : changed.length > 0 ? lessonNews(ctx, actor, lesson, guardians, "lesson.changed", { count: changed.length }) : { writes: [], jobIds: [] };
  const act = (action: string) => (change: PlannedChange) => ({ action, subjectId: change.before.id, childId: change.before.studentId, schoolId: change.before.schoolId, details: factsOf(change) });
  await commitLessons(ctx, [
    ...(series && input.scope !== "one" ? planSeries(ctx, actor, series, lesson, plan, given(input), newSeriesId) : []),
    ...rows.writes, ...move.writes, ...news.writes,
    ...recordAll(ctx, actor, [...moved.map(act("lesson.moved")), ...changed.filter((change) => !isMoved(change)).map(act("lesson.changed")), ...asked.map(act("lesson.move_asked"))]),
  ], { ...lesson, slots: [...rows.slots, ...move.slots], using: set.map(({ after }) => after).filter(({ usesHours }) => usesHours) });
  await ctx.jobs.ring([...news.jobIds, ...move.jobIds]);
  return { changed: changed.length, asked: asked.length };
}

/** A guardian settles when a lesson is; what it is about and where are the school's. */
function requireOwnFields({ teaches, administers }: Standing, input: ChangeLessonInput): void {
  const foreign = DETAILS.find((field) => input[field] !== undefined);
  if (foreign && !teaches && !administers) throw invalid(foreign, "only_time_is_yours");
}
