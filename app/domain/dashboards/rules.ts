import { dayAfter } from "../clock.ts";

/** What a learner did on a local date. */
type LearningDay = { onDate: string; minutes: number };

/** A learner who was at it, and then for so many days was not, is worth a word. Weekends are within: five days hold three school days at least. */
export const QUIET_DAYS = 5;

/** Local dates in order, the last of them `today`. */
export function lastDays(today: string, count: number): string[] {
  const days = [new Date(Date.parse(today) - (count - 1) * 86_400_000).toISOString().slice(0, 10)];
  while (days.length < count) days.push(dayAfter(days.at(-1)!));
  return days;
}

/** For how many whole days nothing was noted; null where that says nothing: too few, or nothing before either. */
export function quietFor(days: LearningDay[], today: string): number | null {
  const last = days.filter(({ minutes, onDate }) => minutes > 0 && onDate <= today).map(({ onDate }) => onDate).sort().at(-1);
  if (last === undefined) return null;
  const quiet = Math.round((Date.parse(today) - Date.parse(last)) / 86_400_000) - 1;
  return quiet >= QUIET_DAYS ? quiet : null;
}

/** Minutes on each of the days, in their order. */
export const minutesPerDay = (days: LearningDay[], dates: string[]): number[] =>
  dates.map((date) => days.filter(({ onDate }) => onDate === date).reduce((sum, { minutes }) => sum + minutes, 0));

/** How this week compares with the one before: `more` and `less` from a tenth on. */
export function comparedWith(before: number, now: number): "more" | "less" | "same" {
  if (now > before * 1.1) return "more";
  return now < before * 0.9 ? "less" : "same";
}
