import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { datesOf, isMovedByHand, momentOn, shifted } from "#app/domain/lessons/series.ts";
import type { Moment } from "#app/domain/lessons/times.ts";

const patterns = fc.record({
  startsOn: fc.integer({ min: 0, max: 800 }).map((day) => Temporal.PlainDate.from("2026-01-01").add({ days: day }).toString()),
  everyWeeks: fc.integer({ min: 1, max: 12 }), weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), count: fc.integer({ min: 1, max: 30 }),
});

test("LES-5: a series falls on its weekdays, in every week that it should from the first, in order", () => {
  fc.assert(fc.property(patterns, (pattern) => {
    const first = Temporal.PlainDate.from(pattern.startsOn);
    const monday = first.subtract({ days: first.dayOfWeek - 1 });
    const found = datesOf(pattern);
    // More than a year of it.
    if (found === null) {
      expect((pattern.everyWeeks * pattern.count) / pattern.weekdays.length).toBeGreaterThan(52 - 12);
      return;
    }
    const dates = found.map((date) => Temporal.PlainDate.from(date));
    for (const date of dates) {
      expect(pattern.weekdays).toContain(date.dayOfWeek);
      expect(Math.floor(monday.until(date).days / 7) % pattern.everyWeeks).toBe(0);
      expect(Temporal.PlainDate.compare(date, first)).toBeGreaterThanOrEqual(0);
    }
    expect(found).toEqual([...new Set(found)].sort());
    expect(dates.length).toBe(pattern.count);
  }));
});

test("LES-5: until a date, which is exclusive, or a count", () => {
  const weekly = { startsOn: "2026-11-24", everyWeeks: 1, weekdays: [2] };
  expect(datesOf({ ...weekly, endsOn: "2026-12-08" })).toEqual(["2026-11-24", "2026-12-01"]);
  expect(datesOf({ ...weekly, endsOn: "2026-12-09" })).toHaveLength(3);
  expect(datesOf({ ...weekly, weekdays: [4, 2], everyWeeks: 2, count: 4 })).toEqual(["2026-11-24", "2026-11-26", "2026-12-08", "2026-12-10"]);
  expect(datesOf({ ...weekly, endsOn: "2026-11-24" })).toEqual([]);
  expect(datesOf({ ...weekly, weekdays: [1, 2, 3, 4, 5, 6, 7], count: 101 })).toBe(null);
  expect(datesOf({ ...weekly, weekdays: [1, 2, 3, 4, 5, 6, 7], count: 100 })).toHaveLength(100);
  expect(datesOf({ ...weekly, everyWeeks: 12, endsOn: "2029-01-01" })).toBe(null);
});

test.each(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Nairobi"])("LES-5: the wall clock of %s is kept all year, as the standard's Temporal keeps it", (timeZone) => {
  for (const date of datesOf({ startsOn: "2026-01-04", everyWeeks: 1, weekdays: [3, 7], endsOn: "2026-12-20" })!) {
    const at = momentOn(date, { localStart: "16:00", minutes: 60, timeZone }) as Moment;
    expect(at.localStart).toBe(`${date}T16:00`);
    expect(at.startsAt).toBe(Temporal.PlainDateTime.from(at.localStart).toZonedDateTime(timeZone).epochMilliseconds);
  }
});

test.each([
  ["2026-03-29", "01:30", "Europe/London", "2026-03-29T02:00"],
  ["2026-03-08", "02:30", "America/New_York", "2026-03-08T03:00"],
  ["2026-10-04", "02:10", "Australia/Lord_Howe", "2026-10-04T02:30"],
])("LES-5: on %s there is no %s in %s: that lesson moves to the nearest, and says so", (date, localStart, timeZone, nearest) => {
  expect(momentOn(date, { localStart, minutes: 45, timeZone })).toMatchObject({ localStart: nearest, skipped: true });
  const usual = momentOn("2026-06-07", { localStart, minutes: 45, timeZone }) as Moment;
  expect(usual).toMatchObject({ localStart: `2026-06-07T${localStart}`, skipped: false });
  const moved = momentOn(date, { localStart, minutes: 45, timeZone }) as Moment;
  expect(isMovedByHand({ ...moved, seriesDate: date }, { localStart, minutes: 45, timeZone })).toBe(false);
  expect(isMovedByHand({ ...usual, seriesDate: date }, { localStart, minutes: 45, timeZone })).toBe(true);
});

test("LES-5: in a zone that nobody knows a series has no lessons, and none stands where it would be", () => {
  const hour = { localStart: "16:00", minutes: 60, timeZone: "Mars/Olympus" };
  expect(momentOn("2026-11-25", hour)).toEqual({ problem: "time_zone_unknown" });
  expect(isMovedByHand({ seriesDate: "2026-11-25", startsAt: 0, endsAt: 1 }, hour)).toBe(true);
});

test("LES-5: weekdays move round the week", () => {
  expect([shifted([1, 7], 1), shifted([1, 7], -1), shifted([2], 9), shifted([3, 5], -14)]).toEqual([[1, 2], [6, 7], [4], [3, 5]]);
});
