import { selectWaitingBookingsOf } from "#db/bookings.ts";
import { selectTold, studentOfLesson } from "#db/lesson-pairs.ts";
import { selectLesson, selectLessonChanges, selectRestOfSeries, type LessonChange } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { can } from "../policy.ts";
import { consequenceOf } from "./cancel-lesson.server.ts";
import type { Scope } from "./inputs.ts";
import { localOf } from "./local-time.ts";
import { changeProblem, minutesOf, sideOf } from "./rules.ts";
import { mayAct, readsAttendance, schedulable, standingTo, timetableReader } from "./standing.server.ts";

/** A lesson with its history, what the reader may do about it, and what cancelling would mean. */
export async function loadLessonPage(ctx: AppContext, actor: Actor, lessonId: string, scope: Scope) {
  const now = ctx.clock.now();
  const reader = timetableReader(actor);
  const [[lesson], rest, guardians, changes, [booking]] = await ctx.db.batch([
    selectLesson(ctx.db, reader, lessonId, now), selectRestOfSeries(ctx.db, reader, lessonId, now), selectTold(ctx.db, studentOfLesson(lessonId), now), selectLessonChanges(ctx.db, lessonId),
    selectWaitingBookingsOf(ctx.db, schedulable(actor), lessonId, now),
  ]);
  if (!lesson) throw notFound();
  const standing = standingTo(actor, lesson);
  const acts = mayAct(standing);
  const knows = readsAttendance(actor, lesson, standing);
  const consequence = acts ? consequenceOf(actor, { lesson, rest, guardians, standing, side: sideOf(standing) }, scope, now) : null;
  const here = localOf(lesson.startsAt, actor.timeZone);
  return {
    id: lesson.id, subject: lesson.subject, teacher: lesson.teacher, student: lesson.student, topic: lesson.topic, place: lesson.place, link: lesson.link, status: lesson.status, startsAt: lesson.startsAt, until: localOf(lesson.endsAt, actor.timeZone).slice(11),
    elsewhere: here === lesson.localStart ? null : { time: lesson.localStart.slice(11), zone: lesson.timeZone }, minutes: minutesOf(lesson), localStart: lesson.localStart, timeZone: lesson.timeZone, usesHours: lesson.usesHours, hours: lesson.hours,
    moveTo: lesson.moveTo, cancelledAs: lesson.cancelledAs, cancelReason: lesson.cancelReason, revision: lesson.revision, inSeries: lesson.seriesId !== null,
    changes: changes.map((change) => told(change, knows)),
    booking: booking ?? null, attendance: knows && lesson.status === "scheduled" && lesson.startsAt <= now,
    mayChange: acts && changeProblem(lesson, now) === null, mayAsk: !acts && can(actor, "lesson:ask", lesson.studentId) && lesson.moveTo === null && changeProblem(lesson, now) === null, ofSchool: standing.teaches || standing.administers, consequence,
  };
}
export type LessonPageFacts = Awaited<ReturnType<typeof loadLessonPage>>;

/** `knows`: the reader may know who was there. */
const told = ({ what, by, at, facts }: LessonChange, knows: boolean) => ({
  what, by, at, from: numberOf(facts.from), to: numberOf(facts.startsAt), fields: String(facts.fields ?? "").split(" ").filter(Boolean), minutes: numberOf(facts.minutes),
  move: facts.kind === "move", status: knows ? wordOf(facts.status) : null, resolution: knows ? wordOf(facts.resolution) : null, hours: wordOf(facts.hours),
});

const numberOf = (fact: unknown) => (typeof fact === "number" ? fact : null);
const wordOf = (fact: unknown) => (typeof fact === "string" ? fact : null);
