import { Temporal } from "temporal-polyfill";

export type Clock = {
  /** Milliseconds since 1970 UTC. */
  now(): number;
};

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type PeriodKind = "week" | "month";
/** A local week (from Monday) or calendar month: `startsOn` and `endsOn` are local dates, `endsOn` exclusive. */
export type Period = { kind: PeriodKind; startsOn: string; endsOn: string };

export function localDate(instant: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}

type Known = { period: Period; from: number; until: number };
const lastAsked = new Map<string, Known>();

/** The one period of its kind that the instant falls in, the last second included. Every page asks for the same two: the last answer for a zone is kept. */
export function periodAt(instant: number, kind: PeriodKind, timeZone: string): Period {
  const key = `${kind} ${timeZone}`;
  let known = lastAsked.get(key);
  if (!known || instant < known.from || known.until <= instant) {
    const period = periodOn(localDate(instant, timeZone), kind);
    lastAsked.set(key, (known = { period, from: startOfDay(period.startsOn, timeZone), until: startOfDay(period.endsOn, timeZone) }));
  }
  return known.period;
}

export function periodOn(date: Temporal.PlainDate | string, kind: PeriodKind): Period {
  const day = Temporal.PlainDate.from(date);
  const start = kind === "week" ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
  const end = kind === "week" ? start.add({ weeks: 1 }) : start.add({ months: 1 });
  return { kind, startsOn: start.toString(), endsOn: end.toString() };
}

export function nextPeriod(period: Period): Period {
  return periodOn(period.endsOn, period.kind);
}

/** The first instant of a local date; where midnight is skipped by a clock change, the first that exists. */
export function startOfDay(date: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
