import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, nextPeriod, periodAt, startOfDay } from "#app/domain/clock.ts";

const ZONES = ["Africa/Nairobi", "Europe/Lisbon", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "America/New_York", "Pacific/Chatham"];
const instants = fc.integer({ min: Date.parse("2020-01-01T00:00:00Z"), max: Date.parse("2035-01-01T00:00:00Z") });

test("BUD-3: every instant falls in exactly one week and one month, in any zone and across clock changes", () => {
  fc.assert(fc.property(instants, fc.constantFrom(...ZONES), fc.constantFrom("week" as const, "month" as const), (instant, zone, kind) => {
    const period = periodAt(instant, kind, zone);
    const [from, until] = [startOfDay(period.startsOn, zone), startOfDay(period.endsOn, zone)];
    expect(from <= instant && instant < until).toBe(true);
    expect(periodAt(until - 1, kind, zone)).toEqual(period);
    expect(periodAt(until, kind, zone)).toEqual(nextPeriod(period));
  }));
});

test("BUD-3: a week begins on Monday at local midnight, also when the clocks change in it", () => {
  expect(periodAt(Date.parse("2026-11-22T20:59:59.999Z"), "week", "Africa/Nairobi").startsOn).toBe("2026-11-16");
  expect(periodAt(Date.parse("2026-11-22T21:00:00Z"), "week", "Africa/Nairobi").startsOn).toBe("2026-11-23");
  expect((startOfDay("2026-04-06", "Europe/Lisbon") - startOfDay("2026-03-30", "Europe/Lisbon")) / DAY).toBe(7);
  expect((startOfDay("2026-03-30", "Europe/Lisbon") - startOfDay("2026-03-23", "Europe/Lisbon")) / DAY).toBeCloseTo(7 - 1 / 24);
});
