import { DAY, MINUTE } from "../clock.ts";
import { instantOf, localOf, nearestInstantOf, type NoInstant } from "./local-time.ts";
import type { Moment } from "./times.ts";

const MOST_LESSONS = 100;
const YEAR = 366;

/** `weekdays`: 1 = Monday … 7 = Sunday. `endsOn` is exclusive. */
type Pattern = { startsOn: string; everyWeeks: number; weekdays: number[]; endsOn?: string | undefined; count?: number | undefined };
/** `localStart`: `16:00`. */
export type Hour = { localStart: string; minutes: number; timeZone: string };

export const daysAfter = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
export const daysBetween = (one: string, other: string): number => (Date.parse(other) - Date.parse(one)) / DAY;
export const weekdayOf = (date: string): number => ((new Date(date).getUTCDay() + 6) % 7) + 1;

/** Its dates from the first on; null where they are too many, or go on for more than a year. */
export function datesOf({ startsOn, everyWeeks, weekdays, endsOn, count }: Pattern): string[] | null {
  const monday = daysAfter(startsOn, 1 - weekdayOf(startsOn));
  const days = [...new Set(weekdays)].sort((one, other) => one - other);
  const dates: string[] = [];
  for (let week = 0; ; week += everyWeeks) {
    for (const date of days.map((day) => daysAfter(monday, week * 7 + day - 1)).filter((day) => day >= startsOn)) {
      if (dates.length === count || (endsOn !== undefined && date >= endsOn)) return dates;
      if (dates.length === MOST_LESSONS || daysBetween(startsOn, date) > YEAR) return null;
      dates.push(date);
    }
  }
}

/** The lesson of that date: by the clock on the wall, whatever that is elsewhere. In an hour that the clocks skip there is none: it moves to the nearest. */
export function momentOn(date: string, { localStart, minutes, timeZone }: Hour): (Moment & { skipped: boolean }) | NoInstant {
  const local = `${date}T${localStart}`;
  const startsAt = nearestInstantOf(local, timeZone);
  if (typeof startsAt !== "number") return startsAt;
  const endsAt = startsAt + minutes * MINUTE;
  return { startsAt, endsAt, timeZone, localStart: localOf(startsAt, timeZone), localEnd: localOf(endsAt, timeZone), skipped: instantOf(local, timeZone) !== startsAt };
}

/** Whether a lesson of the series stands where somebody put it, not where the series would. */
export function isMovedByHand(lesson: { seriesDate: string | null; startsAt: number; endsAt: number }, hour: Hour): boolean {
  const given = momentOn(lesson.seriesDate!, hour);
  return "problem" in given || given.startsAt !== lesson.startsAt || given.endsAt !== lesson.endsAt;
}

/** The weekdays when all dates move by so many days. */
export const shifted = (weekdays: number[], days: number): number[] => weekdays.map((day) => ((((day - 1 + days) % 7) + 7) % 7) + 1).sort((one, other) => one - other);
