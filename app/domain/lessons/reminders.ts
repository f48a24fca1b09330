import { DAY, HOUR } from "../clock.ts";
import { localOf, nearestInstantOf } from "./local-time.ts";
import { daysAfter } from "./series.ts";

export const REMINDERS = { day: DAY, hour: HOUR } as const;
export type Which = keyof typeof REMINDERS;

/** Nobody is reminded between these, by their own clock; what would fall there is told before, with time left for the queue. */
const QUIET = { from: "21:00", until: "07:00", before: "20:45" };
/** How long before a lesson its reminders can be due: a day, the quiet hours and a change of clocks. */
export const AHEAD_OF_ALL = 36 * HOUR;
/** Later than this the reminder of the day before says no more than that of the hour. */
const TOO_LATE = 12 * HOUR;

export function isQuiet(instant: number, timeZone: string): boolean {
  const time = localOf(instant, timeZone).slice(11);
  return time >= QUIET.from || time < QUIET.until;
}

/** When somebody with this clock is reminded of a lesson. */
export function remindAt(which: Which, startsAt: number, timeZone: string): number {
  const at = startsAt - REMINDERS[which];
  if (!isQuiet(at, timeZone)) return at;
  const [date, time] = localOf(at, timeZone).split("T") as [string, string];
  return nearestInstantOf(`${time < QUIET.until ? daysAfter(date, -1) : date}T${QUIET.before}`, timeZone) as number;
}

/** What is still to be sent, and when: what is late goes out now, unless now is quiet or it would say nothing new. */
export function remindersFor(startsAt: number, timeZone: string, now: number): { which: Which; at: number }[] {
  if (startsAt <= now) return [];
  return (["day", "hour"] as const).flatMap((which) => {
    const at = remindAt(which, startsAt, timeZone);
    if (now <= at) return [{ which, at }];
    return isQuiet(now, timeZone) || (which === "day" && startsAt - now < TOO_LATE) ? [] : [{ which, at: now }];
  });
}
