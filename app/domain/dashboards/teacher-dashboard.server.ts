import { countToReview, selectLearningOfTutored, selectLessonsOfTeacher, selectLessonsOfTutored, selectSubjectsTaught, selectToReview } from "#db/dashboards.ts";
import { countPupils, selectClassesOf, selectPupils } from "#db/pupils.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY, HOUR, localDate } from "../clock.ts";
import { readRule } from "../consent/access.ts";
import { asPupil } from "../students/list-students.server.ts";
import { lastDays } from "./rules.ts";

const SHOWN = 8;
const WEEK = 7 * DAY;

/** A teacher's day: lessons of the next days, work that waits for feedback, subjects, classes and first students. One batch, for four students or four hundred. */
export async function getTeacherDashboard(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const assessments = readRule("assessments");
  const [pupils, [counted], classes, lessons, reviews, [waiting], subjects] = await ctx.db.batch([
    selectPupils(ctx.db, actor.userId, readRule("media"), { terms: [], limit: SHOWN }, now), countPupils(ctx.db, actor.userId, now), selectClassesOf(ctx.db, actor.userId),
    selectLessonsOfTeacher(ctx.db, actor.userId, { from: now - 8 * HOUR, until: now + WEEK, limit: 20 }, now),
    selectToReview(ctx.db, actor.userId, assessments, now, 5), countToReview(ctx.db, actor.userId, assessments, now), selectSubjectsTaught(ctx.db, actor.userId, now, 12),
  ]);
  return {
    pupils: pupils.map(asPupil), count: counted!.count, classes, subjects,
    lessons: lessons.filter(({ endsAt }) => endsAt > now).slice(0, 5), reviews: reviews.map((review) => ({ ...review, late: review.late === 1 })), reviewsWaiting: waiting!.count,
  };
}
export type TeacherDashboard = Awaited<ReturnType<typeof getTeacherDashboard>>;

/** A tutor's students, with how each goes where the family shares it, and their lessons ahead. One batch. */
export async function getTutorDashboard(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const activity = readRule("activity");
  const [pupils, [counted], lessons, learning] = await ctx.db.batch([
    selectPupils(ctx.db, actor.userId, readRule("media"), { terms: [], limit: SHOWN }, now), countPupils(ctx.db, actor.userId, now),
    selectLessonsOfTutored(ctx.db, actor.userId, activity, { from: now - 8 * HOUR, until: now + WEEK, limit: 20 }, now),
    selectLearningOfTutored(ctx.db, actor.userId, activity, lastDays(localDate(now, actor.timeZone), 7)[0]!, now),
  ]);
  return {
    count: counted!.count, lessons: lessons.filter(({ endsAt }) => endsAt > now).slice(0, 5),
    students: pupils.map((row) => ({ ...asPupil(row), minutes: learning.find(({ studentId }) => studentId === row.id)?.minutes ?? null, lastOn: learning.find(({ studentId }) => studentId === row.id)?.lastOn ?? null })),
  };
}
export type TutorDashboard = Awaited<ReturnType<typeof getTutorDashboard>>;
