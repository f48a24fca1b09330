import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#app/domain/clock.ts";
import { isQuiet, QUIET_AT_FIRST } from "#app/domain/notifications/quiet.ts";
import { localOf } from "#app/domain/lessons/local-time.ts";
import { AHEAD_OF_ALL, remindAt, REMINDERS, remindersFor } from "#app/domain/lessons/reminders.ts";

const zones = fc.constantFrom("Africa/Nairobi", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo", "Pacific/Apia");
const instants = fc.integer({ min: 0, max: 4 * 365 * 24 * 60 }).map((minutes) => Date.parse("2025-01-01T00:00Z") + minutes * MINUTE);
const which = fc.constantFrom("day" as const, "hour" as const);

test("LES-9: nobody is reminded in their quiet hours, nor later than a day or an hour before, nor earlier than those hours make needful", () => {
  fc.assert(fc.property(which, instants, zones, (one, startsAt, zone) => {
    const [at, wished] = [remindAt(one, startsAt, zone, QUIET_AT_FIRST), startsAt - REMINDERS[one]];
    expect(isQuiet(at, zone, QUIET_AT_FIRST)).toBe(false);
    expect(at).toBeLessThanOrEqual(wished);
    expect(at).toBeGreaterThan(startsAt - AHEAD_OF_ALL);
    if (isQuiet(wished, zone, QUIET_AT_FIRST)) expect(localOf(at, zone).slice(11)).toBe("20:45");
    else expect(at).toBe(wished);
  }), { numRuns: 300 });
});

test("LES-9: whatever is planned late goes out at once, but not in quiet hours, and never for a lesson that has begun", () => {
  fc.assert(fc.property(instants, zones, fc.integer({ min: -60, max: 3_000 }), (startsAt, zone, minutes) => {
    const now = startsAt - minutes * MINUTE;
    const planned = remindersFor(startsAt, zone, QUIET_AT_FIRST, now);
    if (minutes <= 0) expect(planned).toEqual([]);
    for (const { at } of planned) expect([at >= now, at < startsAt, isQuiet(at, zone, QUIET_AT_FIRST)]).toEqual([true, true, false]);
    if (now < startsAt - 2 * DAY) expect(planned).toHaveLength(2);
  }), { numRuns: 300 });
});

test("LES-9: the hours in Nairobi", () => {
  const sent = (one: "day" | "hour", local: string) => localOf(remindAt(one, Date.parse(`${local}+03:00`), "Africa/Nairobi", QUIET_AT_FIRST), "Africa/Nairobi");
  expect([sent("day", "2026-11-25T16:00"), sent("hour", "2026-11-25T16:00"), sent("hour", "2026-11-25T08:00"), sent("hour", "2026-11-25T07:59"), sent("day", "2026-11-25T06:00"), sent("hour", "2026-11-25T22:00"), sent("hour", "2026-11-25T21:59")])
    .toEqual(["2026-11-24T16:00", "2026-11-25T15:00", "2026-11-25T07:00", "2026-11-24T20:45", "2026-11-23T20:45", "2026-11-25T20:45", "2026-11-25T20:59"]);
  const eight = Date.parse("2026-11-25T16:00+03:00");
  expect(remindersFor(eight, "Africa/Nairobi", QUIET_AT_FIRST, eight - 5 * HOUR).map(({ which: one }) => one)).toEqual(["hour"]);
});
