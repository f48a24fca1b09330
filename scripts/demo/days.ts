import { localDate, MINUTE } from "#app/domain/clock.ts";
import { addDays } from "#app/domain/learning/days.ts";
import { instantOf } from "#app/domain/lessons/local-time.ts";
import type { LivingWorld } from "./living.ts";

export const ZONE = "Africa/Nairobi";

/** Days as the demo counts them, by Nairobi's clocks: 0 is today, -1 was yesterday. */
export type Days = {
  now: number;
  today: string;
  date(day: number): string;
  at(day: number, time: string): number;
  /** The same of what is past: never later than a minute ago, however early in the day the demo is loaded. */
  was(day: number, time: string): number;
  /** An id made at that instant, so that lists are in order. */
  make(prefix: string, at: number): string;
};

const onClock = (date: string, time: string): number => instantOf(`${date}T${time}`, ZONE) as number;
/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (date: string): number => ((new Date(date).getUTCDay() + 6) % 7) + 1;

export function daysOf(world: LivingWorld, now: number): Days {
  const today = localDate(now, ZONE);
  const date = (day: number) => addDays(today, day);
  const at = (day: number, time: string) => onClock(date(day), time);
  return {
    now, today, date, at, was: (day, time) => Math.min(at(day, time), now - MINUTE),
    make(prefix, instant) {
      world.setNow(instant);
      return world.ctx.ids.make(prefix);
    },
  };
}

/** The first day from then on that is a school day. */
export const schoolDayFrom = (days: Days, day: number): number => (weekdayOf(days.date(day)) <= 5 ? day : schoolDayFrom(days, day + 1));
