import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { localDate, localTime, startOfDay } from "#app/domain/clock.ts";

const ZONES = Intl.supportedValuesOf("timeZone");
const zones = fc.constantFrom(...ZONES);
const dates = fc.integer({ min: Date.UTC(1975, 0, 1) / 86_400_000, max: Date.UTC(2045, 0, 1) / 86_400_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const standard = (date: string, zone: string) => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

test("BUD-3: an instant has the date and the time that the standard's Temporal gives it, in every zone", () => {
  fc.assert(fc.property(fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2045, 0, 1) }), zones, (instant, zone) => {
    const there = Temporal.Instant.fromEpochMilliseconds(instant);
    expect(localDate(instant, zone)).toBe(there.toZonedDateTimeISO(zone).toPlainDate().toString());
    expect(localTime(instant, zone)).toBe(there.toString({ timeZone: zone }));
  }), { numRuns: 2000 });
});

test("BUD-3: a day begins when the standard's Temporal says, in every zone", () => {
  fc.assert(fc.property(dates, zones, (date, zone) => {
    expect(startOfDay(date, zone)).toBe(standard(date, zone));
  }), { numRuns: 2000 });
});

test.each([
  ["2018-11-04", "America/Sao_Paulo", "midnight is skipped"],
  ["2026-04-24", "Africa/Cairo", "midnight is skipped"],
  ["2026-10-30", "Africa/Cairo", "the hour before midnight comes twice"],
  ["2026-11-01", "America/Havana", "the hour after midnight comes twice"],
  ["2006-10-29", "America/St_Johns", "midnight itself comes twice"],
  ["2011-12-30", "Pacific/Apia", "the whole day is skipped"],
])("BUD-3: %s in %s begins as the standard says: %s", (date, zone) => {
  expect(startOfDay(date, zone)).toBe(standard(date, zone));
});
