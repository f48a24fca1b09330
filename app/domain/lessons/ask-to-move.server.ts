import { selectBookingRules } from "#db/bookings.ts";
import { enrolmentOfLesson, selectHome, studentOfLesson } from "#db/lesson-pairs.ts";
import { selectLesson } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DAY } from "../clock.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { can } from "../policy.ts";
import type { MoveRequestInput } from "./booking-inputs.ts";
import { selectOpenings, timesIn } from "./booking-page.server.ts";
import { askedOf } from "./booking-rules.ts";
import { commitLessons } from "./commit-lessons.server.ts";
import { DAYS_AHEAD, freeTimes, isOffered, openSpans } from "./free-times.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { factsOf } from "./plan-changes.server.ts";
import { planMove } from "./plan-move.server.ts";
import { planSet } from "./plan-set.server.ts";
import { changeProblem, isEnrolled, minutesOf } from "./rules.ts";
import { timetableReader } from "./standing.server.ts";
import { momentOf } from "./times.ts";

/** When the teacher could have this lesson instead, and whether a guardian is asked about it. */
export async function getMovePage(ctx: AppContext, actor: Actor, lessonId: string) {
  const now = ctx.clock.now();
  const within = { startsAt: now, endsAt: now + DAYS_AHEAD * DAY };
  const { lesson, asked, windows, absences, busy } = await load(ctx, actor, lessonId);
  // Where it stands it is not in its own way.
  const others = busy.filter((taken) => taken.startsAt !== lesson.startsAt || taken.endsAt !== lesson.endsAt);
  const times = freeTimes(openSpans(windows, absences, within), others, minutesOf(lesson), now).filter(({ startsAt }) => startsAt !== lesson.startsAt);
  const { id, subject, teacher, startsAt } = lesson;
  return {
    lesson: { id, subject, teacher, startsAt, minutes: minutesOf(lesson) }, waits: asked.length > 0, times: timesIn(times, lesson.timeZone),
    problem: changeProblem(lesson, now) ?? (lesson.moveTo === null ? null : "move_waits"),
  };
}

/**
 * A student asks to have a lesson of theirs at another time that the teacher offers. Guardians answer, and until then it stands where it is;
 * it moves at once where a guardian takes the time, and where the student could have booked it without asking. Answers which of these.
 */
export async function askToMove(ctx: AppContext, actor: Actor, lessonId: string, { message, ...when }: MoveRequestInput): Promise<"asked" | "changed" | "same"> {
  const now = ctx.clock.now();
  const { lesson, home, asked, windows, absences } = await load(ctx, actor, lessonId);
  const late = changeProblem(lesson, now);
  if (late) throw new DomainError("conflict", late);
  const moment = momentOf({ ...when, minutes: minutesOf(lesson) }, { timeZone: lesson.timeZone }, now);
  if (moment.startsAt === lesson.startsAt) return "same";
  if (!isOffered(moment, openSpans(windows, absences, moment))) throw invalid("localStart", "time_not_offered");
  if (!isEnrolled({ startsAt: lesson.enrolledFrom, endsAt: lesson.enrolledUntil }, moment.startsAt, now)) throw invalid("localStart", "not_enrolled_then");
  if (asked === "nobody") throw new DomainError("conflict", "nobody_may_agree");

  const waits = asked.length > 0;
  const change = { before: lesson, after: { ...lesson, ...moment } };
  // What stays is written too: were it changed or called off meanwhile, there would be nothing to ask.
  const set = planSet(ctx, actor, [waits ? { before: lesson, after: lesson } : change], actor.userId === lesson.studentId ? null : actor.userId);
  const move = planMove(ctx, actor, waits ? [change] : [], home, message);
  const news = waits ? move : lessonNews(ctx, actor, change.after, home.filter(({ schedules, views }) => schedules || views), "lesson.moved", { from: lesson.startsAt, count: 1 });
  await commitLessons(ctx, [
    ...set.writes, ...move.writes, ...(waits ? [] : news.writes),
    record(ctx, actor, { action: waits ? "lesson.move_asked" : "lesson.moved", subjectId: lessonId, childId: lesson.studentId, schoolId: lesson.schoolId, details: factsOf(change) }),
  ], { ...lesson, slots: [...set.slots, ...move.slots], using: lesson.usesHours ? [change.after] : [] });
  await ctx.jobs.ring(news.jobIds);
  return waits ? "asked" : "changed";
}

/** A lesson of the student, or of one's child. What a guardian agreed to is asked about again, whatever the family says of bookings. */
async function load(ctx: AppContext, actor: Actor, lessonId: string) {
  const now = ctx.clock.now();
  const [student, enrolment] = [studentOfLesson(lessonId), enrolmentOfLesson(lessonId)];
  const [[lesson], [rules], home, windows, absences, busy] = await ctx.db.batch([
    selectLesson(ctx.db, timetableReader(actor), lessonId, now), selectBookingRules(ctx.db, student), selectHome(ctx.db, student, now), ...selectOpenings(ctx, enrolment, { startsAt: now, endsAt: now + DAYS_AHEAD * DAY }),
  ]);
  if (!lesson) throw notFound();
  if (!can(actor, "lesson:ask", lesson.studentId)) throw new DomainError("forbidden");
  const asked = actor.userId === lesson.studentId ? askedOf(rules!.approvalNeeded || lesson.approvedBy !== null, home) : [];
  return { lesson, home, asked, windows, absences, busy };
}
