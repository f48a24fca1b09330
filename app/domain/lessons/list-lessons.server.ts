import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectLesson, selectLessonChanges, selectLessons, selectLessonsOfSeries, type LessonPage, type Whose } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { authorize, authorizeKnowing } from "../policy.ts";
import { readsAttendance, standingTo, timetableReader } from "./standing.server.ts";

/** A timetable, earliest first. Throws not_found for whom the actor does not know, and forbidden where a guardian has no right to it. */
export async function listLessons(ctx: AppContext, actor: Actor, whose: Whose, page: Omit<LessonPage, "after"> & { cursor?: string | undefined }) {
  const now = ctx.clock.now();
  if (typeof whose !== "string" && "schoolId" in whose) authorize(actor, "school:administer", whose.schoolId);
  const studentId = typeof whose !== "string" && "studentId" in whose ? whose.studentId : actor.userId;
  const [[row], found] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectLessons(ctx.db, timetableReader(actor), whose, { ...page, after: positionOf(page.cursor), limit: page.limit + 1 }, now),
  ]);
  if (typeof whose !== "string" && "studentId" in whose) {
    const access = accessOf(row, actor, now);
    const capacities = authorizeKnowing(actor, access);
    if (capacities.every(({ as }) => as === "guardian")) authorize(actor, "lesson:view", studentId);
  }
  return pageOf(found, page.limit, ({ startsAt, id }) => `${startsAt}.${id}`);
}

const positionOf = (cursor: string | undefined) => {
  const [, startsAt, id] = /^(\d{1,15})\.(\w+)$/.exec(cursor ?? "") ?? [];
  return id === undefined ? undefined : { startsAt: Number(startsAt), id };
};

export async function getLesson(ctx: AppContext, actor: Actor, lessonId: string) {
  const now = ctx.clock.now();
  const [lesson] = await selectLesson(ctx.db, timetableReader(actor), lessonId, now);
  if (!lesson) throw notFound();
  return lesson;
}

export async function listLessonsOfSeries(ctx: AppContext, actor: Actor, seriesId: string) {
  const found = await selectLessonsOfSeries(ctx.db, timetableReader(actor), seriesId, ctx.clock.now());
  if (found.length === 0) throw notFound();
  return found;
}

/** What happened to a lesson, in order; who was there only for those who may know. */
export async function listLessonChanges(ctx: AppContext, actor: Actor, lessonId: string, { cursor, limit }: Paging) {
  const now = ctx.clock.now();
  const [[lesson], found] = await ctx.db.batch([selectLesson(ctx.db, timetableReader(actor), lessonId, now), selectLessonChanges(ctx.db, lessonId, { after: cursor, limit: limit + 1 })]);
  if (!lesson) throw notFound();
  const { items, nextCursor } = pageOf(found, limit, byId);
  if (readsAttendance(actor, lesson, standingTo(actor, lesson))) return { items, nextCursor };
  return { items: items.map(({ facts: { status: _status, before: _before, resolution: _resolution, ...facts }, ...change }) => ({ ...change, facts })), nextCursor };
}
