import { DAY, HOUR } from "../clock.ts";
import { beforeQuiet, isQuiet, type QuietHours } from "../notifications/quiet.ts";

export const REMINDERS = { day: DAY, hour: HOUR } as const;
type Which = keyof typeof REMINDERS;

/** How long before a lesson its reminders can be due: a day, the longest quiet hours and a change of clocks. */
export const AHEAD_OF_ALL = 49 * HOUR;
/** Later than this the reminder of the day before says no more than that of the hour. */
const TOO_LATE = 12 * HOUR;

/** When somebody with this clock is reminded of a lesson: never in their quiet hours, but shortly before. */
export function remindAt(which: Which, startsAt: number, timeZone: string, quiet: QuietHours | null): number {
  const at = startsAt - REMINDERS[which];
  return quiet && isQuiet(at, timeZone, quiet) ? beforeQuiet(at, timeZone, quiet) : at;
}

/** What is still to be sent, and when: what is late goes out now, unless now is quiet or it would say nothing new. */
export function remindersFor(startsAt: number, timeZone: string, quiet: QuietHours | null, now: number): { which: Which; at: number }[] {
  if (startsAt <= now) return [];
  return (["day", "hour"] as const).flatMap((which) => {
    const at = remindAt(which, startsAt, timeZone, quiet);
    if (now <= at) return [{ which, at }];
    return isQuiet(now, timeZone, quiet) || (which === "day" && startsAt - now < TOO_LATE) ? [] : [{ which, at: now }];
  });
}
