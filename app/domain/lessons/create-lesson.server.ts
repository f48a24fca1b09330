import { selectPairs, selectTold, studentOfEnrolment } from "#db/lesson-pairs.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { commitLessons } from "./commit-lessons.server.ts";
import type { CreateLessonInput } from "./inputs.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { planLessons } from "./plan-lessons.server.ts";
import { timetableReader } from "./standing.server.ts";
import { momentOf } from "./times.ts";

/** A teacher, or the administration, sets a lesson for somebody enrolled. Answers its id. */
export function createLesson(ctx: AppContext, actor: Actor, { enrolmentId, topic, place, link, usesHours, ...times }: CreateLessonInput, repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    const { pair, guardians } = await loadPair(ctx, actor, enrolmentId);
    const moment = momentOf(times, { timeZone: pair.timeZone }, ctx.clock.now());
    const { ids: [id], writes, slots, using } = planLessons(ctx, actor, pair, { topic, place, link, usesHours }, [moment]);
    const news = lessonNews(ctx, actor, { ...pair, id: id!, startsAt: moment.startsAt }, guardians, "lesson.set", { count: 1 });
    await commitLessons(ctx, [
      ...claimRepeat(ctx, actor.userId, repeat, id!), ...writes, ...news.writes,
      record(ctx, actor, { action: "lesson.set", subjectId: id!, childId: pair.studentId, schoolId: pair.schoolId, details: { startsAt: moment.startsAt, endsAt: moment.endsAt, timeZone: moment.timeZone, usesHours } }),
    ], { ...pair, ...moment, slots, using });
    await ctx.jobs.ring(news.jobIds);
    return id!;
  });
}

/** An enrolment in force for which the actor may set lessons, and who at home is told of them. */
export async function loadPair(ctx: AppContext, actor: Actor, enrolmentId: string) {
  const now = ctx.clock.now();
  const [[pair], guardians] = await ctx.db.batch([selectPairs(ctx.db, timetableReader(actor), { enrolmentId }, now), selectTold(ctx.db, studentOfEnrolment(enrolmentId), now)]);
  if (!pair) throw notFound();
  return { pair, guardians };
}
