/** The time that clocks show in a zone, by the runtime's own tables. Temporal, against which the tests hold it, would weigh 16 KB. */

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the clocks show, as the milliseconds of the same date and time in UTC. */
function shownAt(instant: number, timeZone: string): number {
  const part = Object.fromEntries(formatOf(timeZone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) + (instant - Math.floor(instant / 1000) * 1000);
}

const offsetAt = (instant: number, timeZone: string) => shownAt(instant, timeZone) - instant;

/** `2026-11-24` */
export function localDate(instant: number, timeZone: string): string {
  return new Date(shownAt(instant, timeZone)).toISOString().slice(0, 10);
}

/** `2026-11-24T12:00:00+03:00` */
export function localTime(instant: number, timeZone: string): string {
  const offset = offsetAt(instant, timeZone);
  const sign = offset < 0 ? "-" : "+";
  return new Date(instant + offset).toISOString().replace(/\.?0*Z$/, "") + sign + new Date(Math.abs(offset)).toISOString().slice(11, 16);
}

export const dayAfter = (date: string) => new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);

/** The instants at which the clocks of the zone show this, earliest first: one, two where they go back, none where they skip it. `wall` is written as milliseconds of the same date and time in UTC. */
export function instantsShowing(wall: number, timeZone: string): number[] {
  return offsetsAround(wall, timeZone).map((offset) => wall - offset).filter((instant) => shownAt(instant, timeZone) === wall).sort((one, other) => one - other);
}

/** When the clocks go past what they never show. */
export function instantPast(skipped: number, timeZone: string): number {
  let [late, early] = offsetsAround(skipped, timeZone).map((offset) => skipped - offset).sort((one, other) => other - one) as [number, number];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (shownAt(middle, timeZone) < skipped) early = middle;
    else late = middle;
  }
  return late;
}

/** The first instant of a local date; where midnight is skipped by a clock change, the first that exists. */
export function startOfDay(date: string, timeZone: string): number {
  const midnight = Date.parse(date);
  return instantsShowing(midnight, timeZone)[0] ?? instantPast(midnight, timeZone);
}

const offsetsAround = (wall: number, timeZone: string): number[] => [...new Set([offsetAt(wall - DAY, timeZone), offsetAt(wall + DAY, timeZone)])];
