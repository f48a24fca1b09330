import type { LessonFacts, SeriesRow } from "#db/lessons.ts";
import type { ChangeLessonInput, Scope } from "./inputs.ts";
import { minutesOf } from "./rules.ts";
import { daysAfter, daysBetween, isMovedByHand, momentOn, shifted, type Hour } from "./series.ts";
import { checked, momentOf, noInstant, type Moment } from "./times.ts";

export type PlannedChange = { before: LessonFacts; after: LessonFacts };
/** The lessons as they would be, and the pattern of their series from now on, `shift` days later. */
export type Plan = { changes: PlannedChange[]; pattern: (Hour & { weekdays: number[]; shift: number }) | null };

export const DETAILS = ["topic", "place", "link", "usesHours"] as const;

/**
 * What a change makes of the lesson, and of those of its series that it is about. The others get the same hour of the day, so many days
 * later or sooner as this one; who was moved by hand stays, unless asked. `seriesId`: of the series that they are from now on.
 */
export function planChanges({ lesson, rest, series }: { lesson: LessonFacts; rest: LessonFacts[]; series: SeriesRow | null }, input: ChangeLessonInput, seriesId: string | null, now: number): Plan {
  const { localStart, localEnd, minutes, timeZone, scope, includeMoved } = input;
  const details = { ...given(input), seriesId };
  const wanted = [localStart, localEnd, minutes, timeZone].some((each) => each !== undefined) ? momentOf(input, lesson, now) : null;
  const moment = wanted && !isSame(wanted, lesson) ? wanted : null;
  const meant = scopeOf({ lesson, rest }, scope);
  if (!series || scope === "one" || !moment) return { changes: meant.map((before) => ({ before, after: { ...before, ...details, ...(before === lesson ? moment : null) } })), pattern: null };

  const shift = daysBetween(lesson.localStart.slice(0, 10), moment.localStart.slice(0, 10));
  const hour: Hour = { localStart: moment.localStart.slice(11), minutes: minutesOf(moment), timeZone: moment.timeZone };
  const changes = meant.map((before) => {
    const seriesDate = daysAfter(before.seriesDate!, shift);
    const stays = before !== lesson && !includeMoved && isMovedByHand(before, series);
    return { before, after: { ...before, ...details, seriesDate, ...(before === lesson ? moment : stays ? null : momentIn(seriesDate, hour, now)) } };
  });
  return { changes, pattern: { ...hour, weekdays: shifted(series.weekdays, shift), shift } };
}

/** Those of its series that an act is about, this one first. `rest`: none where it is of no series. */
export const scopeOf = ({ lesson, rest }: { lesson: LessonFacts; rest: LessonFacts[] }, scope: Scope): LessonFacts[] =>
  [lesson, ...(scope === "one" ? [] : rest.filter((other) => scope === "all" || other.seriesDate! > lesson.seriesDate!))];

/** Those that were given, beside the times. */
export const given = (input: ChangeLessonInput): Partial<LessonFacts> => Object.fromEntries(DETAILS.filter((field) => input[field] !== undefined).map((field) => [field, input[field]]));

export const isSame = (one: Moment, other: Moment) => one.startsAt === other.startsAt && one.endsAt === other.endsAt && one.timeZone === other.timeZone;

/** What a person would say has changed: codes of what it is, and times. Words that somebody typed stay out of histories. */
export function factsOf({ before, after }: PlannedChange): Record<string, string | number> {
  const { startsAt, endsAt, timeZone } = after;
  const fields = DETAILS.filter((field) => before[field] !== after[field]).join(" ");
  const moved: Record<string, string | number> = isSame(before, after) ? {} : { from: before.startsAt, fromEnd: before.endsAt, fromZone: before.timeZone, startsAt, endsAt, timeZone };
  return { ...moved, ...(fields ? { fields } : {}) };
}
export const hasChanged = (change: PlannedChange): boolean => Object.keys(factsOf(change)).length > 0;

/** Throws invalid_input, naming the date, where the lesson would break a rule. */
export function momentIn(date: string, hour: Hour, now: number): Moment & { skipped: boolean } {
  const found = momentOn(date, hour);
  if ("problem" in found) throw noInstant("localStart", found);
  checked(found, now);
  return found;
}
