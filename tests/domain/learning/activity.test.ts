import fc from "fast-check";
import { expect, test } from "vitest";
import { localDate, startOfDay } from "#app/domain/clock.ts";
import { everyDay, placeOf, streaksOf, weeksOf } from "#app/domain/learning/activity/rules.ts";
import { addDays } from "#app/domain/learning/days.ts";

const TODAY = "2026-11-24";
const ago = (days: number) => addDays(TODAY, -days);
const offsets = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60, size: "max" });

test("LRN-4: a streak is the longest run of days, counted the slow way", () => {
  fc.assert(fc.property(offsets, (days) => {
    const done = new Set(days.map(ago));
    const runFrom = (start: number) => { let length = 0; while (done.has(ago(start + length))) length++; return length; };
    const expected = { current: runFrom(0) || runFrom(1), longest: Math.max(0, ...Array.from({ length: 42 }, (_, start) => runFrom(start))) };
    expect(streaksOf(days.map(ago), TODAY)).toEqual(expected);
  }));
});

test("LRN-4: a day counts once, in whatever order, and what lies ahead not at all", () => {
  fc.assert(fc.property(offsets, offsets, (days, again) => {
    const dates = days.map(ago);
    const doubled = [...dates, ...again.filter((day) => days.includes(day)).map(ago), addDays(TODAY, 1)].toReversed();
    expect(streaksOf(doubled, TODAY)).toEqual(streaksOf(dates, TODAY));
  }));
});

test("LRN-4: today that is not over breaks nothing; a whole day without does", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), (length) => {
    const upToYesterday = Array.from({ length }, (_, day) => ago(day + 1));
    expect(streaksOf(upToYesterday, TODAY).current).toBe(length);
    expect(streaksOf([...upToYesterday, TODAY], TODAY).current).toBe(length + 1);
    expect(streaksOf(upToYesterday, addDays(TODAY, 1))).toEqual({ current: 0, longest: length });
  }));
});

test("LRN-4: one thing done every day at any hour is a streak in every zone, over every change of the clocks", () => {
  fc.assert(fc.property(fc.constantFrom("Africa/Nairobi", "Africa/Cairo", "America/Sao_Paulo", "Europe/Moscow", "Pacific/Auckland", "America/New_York"), fc.integer({ min: 2, max: 400 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (zone, length, part) => {
    const dates = Array.from({ length }, (_, day) => addDays("2025-01-10", day));
    const done = dates.map((date) => { const [from, until] = [startOfDay(date, zone), startOfDay(addDays(date, 1), zone)]; return localDate(from + Math.floor((until - from) * part), zone); });
    expect(streaksOf(done, dates.at(-1)!)).toEqual({ current: length, longest: length });
  }), { numRuns: 60 });
});

test("LRN-4: weeks add up to the days, and begin on Mondays", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 300 })), { maxLength: 30, size: "max" }), (span, some) => {
    const range = { from: ago(span), to: TODAY };
    const days = [...new Map(some.filter(([day]) => day <= span).map(([day, minutes]) => [ago(day), minutes]))].map(([date, minutes]) => ({ date, minutes, count: 1 }));
    const all = everyDay(days, range);
    const weeks = weeksOf(all);
    expect(all.length).toBe(span + 1);
    expect(weeks.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(days.reduce((sum, { minutes }) => sum + minutes, 0));
    expect(weeks.reduce((sum, week) => sum + week.days, 0)).toBe(days.length);
    expect(weeks.every(({ startsOn }) => new Date(startsOn).getUTCDay() === 1)).toBe(true);
  }));
});

test.each([["subm_1", "/submissions/subm_1"], ["les_1", "/schedule/les_1"], ["mat_1:2026-11-21", "/materials/mat_1"], ["told:user_1:key", null], ["x", null], [null, null]])("LRN-4: what %s caused is at %s", (cause, place) => {
  expect(placeOf(cause)).toBe(place);
});
