import { noteCalendarRead } from "#db/calendar-feeds.ts";
import { findFeedReader } from "#db/identity.ts";
import { selectLessonsForCalendar, type CalendarLesson } from "#db/lessons.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY } from "../clock.ts";
import { notFound } from "../errors.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { hashToken } from "../identity/sessions.ts";
import { calendarOf, type CalendarEvent } from "./ical.ts";
import { timetableReader } from "./standing.server.ts";
import { calendarWords } from "./words.ts";

const [PAST, AHEAD, MOST] = [30 * DAY, 180 * DAY, 500];
const STATUS = { asked: "TENTATIVE", scheduled: "CONFIRMED", denied: "CANCELLED", expired: "CANCELLED", cancelled: "CANCELLED" } as const;

/** The timetable behind a calendar's address (`secret.ics`), as its owner would see it now. Throws not_found for an address that is none, or none any more. */
export async function readCalendar(ctx: AppContext, file: string): Promise<string> {
  const now = ctx.clock.now();
  const secret = /^([\w-]{43})\.ics$/.exec(file)?.[1];
  const found = secret === undefined ? null : await findFeedReader(ctx.db, await hashToken(secret), now);
  if (!found) throw notFound();
  const { actor, feedId, childId } = found;
  const reading = limitedTry(ctx, LIMITS.calendarFeed, feedId);
  const [counted, lessons] = await ctx.db.batch([
    reading.count, selectLessonsForCalendar(ctx.db, timetableReader(actor), childId === null ? "mine" : { studentId: childId }, { from: now - PAST, to: now + AHEAD, limit: MOST }, now),
  ]);
  reading.permit(counted);
  ctx.afterAnswer(() => noteCalendarRead(ctx.db, feedId, now).run());
  const several = childId === null && actor.wards.length > 1;
  return calendarOf(calendarWords(actor.locale).calendar, lessons.map((lesson) => eventOf(lesson, actor, several, ctx.settings.origin)));
}

function eventOf(lesson: CalendarLesson, actor: Actor, several: boolean, origin: string): CalendarEvent {
  const { event, childsEvent } = calendarWords(actor.locale);
  const summary = lesson.teacherId === actor.userId ? event(lesson.subject, lesson.student)
    : several && lesson.studentId !== actor.userId ? childsEvent(firstNameOf(lesson.student), lesson.subject, lesson.teacher) : event(lesson.subject, lesson.teacher);
  return {
    uid: `${lesson.id}@kinboard`, startsAt: lesson.startsAt, endsAt: lesson.endsAt, changedAt: lesson.changedAt, sequence: lesson.revision - 1,
    summary, location: lesson.place ?? lesson.link, url: `${origin}/schedule/${lesson.id}`, status: STATUS[lesson.status],
  };
}

const firstNameOf = (name: string) => name.split(" ")[0]!;
