import { localDate, startOfDay } from "./time-zones.ts";

export { dayAfter, localDate, localTime, startOfDay } from "./time-zones.ts";

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

/** Dates alone, so UTC serves: rollover walks years of them. */
export function periodOn(date: string, kind: PeriodKind): Period {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const dated = (months: number, days: number) => new Date(Date.UTC(year, month - 1 + months, days)).toISOString().slice(0, 10);
  if (kind === "month") return { kind, startsOn: dated(0, 1), endsOn: dated(1, 1) };
  const monday = day - ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7);
  return { kind, startsOn: dated(0, monday), endsOn: dated(0, monday + 7) };
}

export function nextPeriod(period: Period): Period {
  return periodOn(period.endsOn, period.kind);
}

/** A zone by its name in the IANA tables. */
export function isTimeZone(name: string): boolean {
  // An offset (`+03:00`) is none: it does not know when its clocks change.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
