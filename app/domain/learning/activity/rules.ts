import { periodOn } from "../../clock.ts";
import { addDays } from "../days.ts";

export const KINDS = ["lesson", "material", "assignment", "practice", "reading"] as const;
/** What one tells by hand; the rest follows from what was done here. */
export const TOLD_KINDS = ["reading", "practice"] as const;

export type Streaks = { current: number; longest: number };

/** Days in a row with something done, of local dates in any order, twice or more. Today counts once something is done, and breaks nothing before it is over. */
export function streaksOf(dates: string[], today: string): Streaks {
  let [longest, length, last] = [0, 0, ""];
  let current = 0;
  for (const date of [...new Set(dates)].filter((each) => each <= today).sort()) {
    length = date === addDays(last || date, 1) ? length + 1 : 1;
    longest = Math.max(longest, length);
    if (date >= addDays(today, -1)) current = length;
    last = date;
  }
  return { current, longest };
}

export type Day = { date: string; minutes: number; count: number };
export type Week = { startsOn: string; minutes: number; days: number };

/** Every day of the range, those without anything too. */
export function everyDay(days: Day[], { from, to }: { from: string; to: string }): Day[] {
  const known = new Map(days.map((day) => [day.date, day]));
  const all: Day[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) all.push(known.get(date) ?? { date, minutes: 0, count: 0 });
  return all;
}

/** From Monday; of the first and the last what the range holds of them. */
export function weeksOf(days: Day[]): Week[] {
  return [...Map.groupBy(days, ({ date }) => periodOn(date, "week").startsOn)].map(([startsOn, of]) => ({
    startsOn, minutes: of.reduce((sum, { minutes }) => sum + minutes, 0), days: of.filter(({ count }) => count > 0).length,
  }));
}

/** How the cause begins of what this person told by hand. */
export const toldBy = (userId: string) => `told:${userId}:`;

/** Where the thing is that caused an activity; null: it was told by hand. */
export function placeOf(cause: string | null): string | null {
  const [, kind, rest] = /^([a-z]+)_([^:]+)/.exec(cause ?? "") ?? [];
  const at = kind === undefined ? undefined : PLACES[kind];
  return at ? `${at}/${kind}_${rest}` : null;
}
const PLACES: Record<string, string> = { les: "/schedule", mat: "/materials", subm: "/submissions", asg: "/assignments" };
