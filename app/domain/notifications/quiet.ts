import { localDate, MINUTE } from "../clock.ts";
import { localOf, nearestInstantOf } from "../lessons/local-time.ts";
import { daysAfter } from "../lessons/series.ts";

/** Local times (`21:00`) between which nothing rings; `until` is exclusive. May go past midnight. */
export type QuietHours = { from: string; until: string };
/** For whoever never chose. */
export const QUIET_AT_FIRST: QuietHours = { from: "21:00", until: "07:00" };
/** With time left for the queue. */
const BEFORE = 15 * MINUTE;

export const isQuietTime = (time: string, { from, until }: QuietHours): boolean => (from <= until ? time >= from && time < until : time >= from || time < until);

export const isQuiet = (instant: number, timeZone: string, quiet: QuietHours | null): boolean => quiet !== null && isQuietTime(localOf(instant, timeZone).slice(11), quiet);

/** Of an instant within them: shortly before these quiet hours began. */
export function beforeQuiet(instant: number, timeZone: string, { from }: QuietHours): number {
  const [date, time] = localOf(instant, timeZone).split("T") as [string, string];
  return (nearestInstantOf(`${time < from ? daysAfter(date, -1) : date}T${from}`, timeZone) as number) - BEFORE;
}

/** `weekday` 1 is Monday; null: each day. */
export type DigestTime = { hour: number; weekday: number | null };

/** When the next digest goes out, after this instant. */
export function nextDigest(after: number, { hour, weekday }: DigestTime, timeZone: string): number {
  const today = localDate(after, timeZone);
  for (let days = 0; ; days++) {
    const date = daysAfter(today, days);
    if (weekday !== null && (new Date(date).getUTCDay() || 7) !== weekday) continue;
    const at = nearestInstantOf(`${date}T${String(hour).padStart(2, "0")}:00`, timeZone) as number;
    if (at > after) return at;
  }
}
