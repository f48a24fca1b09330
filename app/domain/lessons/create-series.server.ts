import type { Pair } from "#db/lesson-pairs.ts";
import { listClashes } from "#db/lesson-slots.ts";
import { insertSeries } from "#db/lesson-writes.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { invalid } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { clashesOf, commitLessons } from "./commit-lessons.server.ts";
import { loadPair } from "./create-lesson.server.ts";
import type { SeriesInput } from "./inputs.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { momentIn } from "./plan-changes.server.ts";
import { planLessons } from "./plan-lessons.server.ts";
import { datesOf, daysAfter } from "./series.ts";

type Planned = SeriesInput & { timeZone: string };

/** The lessons that a series would have, in order; throws invalid_input for one that cannot be. */
function lessonsOf(series: Planned, now: number) {
  const dates = datesOf(series);
  if (dates === null) throw invalid(series.count === undefined ? "endsOn" : "count", "series_too_long");
  if (dates.length === 0) throw invalid("endsOn", "series_empty");
  return dates.map((seriesDate) => ({ seriesDate, ...momentIn(seriesDate, series, now) }));
}

const inZone = (input: SeriesInput, pair: Pair): Planned => ({ ...input, timeZone: input.timeZone ?? pair.timeZone });

/** What a series would be: its lessons, those that a change of the clocks moves, and those for which somebody has no time. */
export async function foreseeSeries(ctx: AppContext, actor: Actor, input: SeriesInput) {
  const { pair } = await loadPair(ctx, actor, input.enrolmentId);
  const series = inZone(input, pair);
  const lessons = lessonsOf(series, ctx.clock.now());
  const { slots } = planLessons(ctx, actor, pair, series, lessons);
  return { pair, timeZone: series.timeZone, lessons, clashes: clashesOf(await listClashes(ctx.db, slots), series.timeZone) };
}

/** A lesson every so many weeks, all of them or none. Answers the series' id. */
export function createSeries(ctx: AppContext, actor: Actor, input: SeriesInput, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    const { pair, guardians } = await loadPair(ctx, actor, input.enrolmentId);
    const now = ctx.clock.now();
    const series = inZone(input, pair);
    const id = ctx.ids.make("ser");
    const { topic, place, link, usesHours, timeZone, everyWeeks, weekdays, localStart, minutes, startsOn } = series;
    const lessons = lessonsOf(series, now);
    const planned = planLessons(ctx, actor, pair, { topic, place, link, usesHours }, lessons.map(({ skipped: _skipped, ...lesson }) => ({ ...lesson, seriesId: id })));
    const { enrolmentId, schoolId, teacherId, studentId, subjectId } = pair;
    const news = lessonNews(ctx, actor, { ...pair, id: planned.ids[0]!, startsAt: lessons[0]!.startsAt }, guardians, "lesson.set", { count: lessons.length });
    await commitLessons(ctx, [
      ...claimRepeat(ctx, actor.userId, repeat, id),
      insertSeries(ctx.db, { id, enrolmentId, schoolId, teacherId, studentId, subjectId, timeZone, place, link, usesHours, everyWeeks, weekdays, localStart, minutes, startsOn, endsOn: daysAfter(lessons.at(-1)!.seriesDate, 1), createdBy: actor.userId, createdAt: now }),
      ...planned.writes, ...news.writes,
      record(ctx, actor, { action: "lesson.series_set", subjectId: id, childId: studentId, schoolId, details: { lessons: lessons.length, startsOn, localStart, minutes, timeZone, everyWeeks, weekdays, usesHours } }),
    ], { studentId, schoolId, timeZone, ...planned });
    await ctx.jobs.ring(news.jobIds);
    return id;
  });
}
