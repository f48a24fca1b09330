import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { instantOf, localOf, nearestInstantOf } from "#app/domain/lessons/local-time.ts";

const ZONES = Intl.supportedValuesOf("timeZone");
const zones = fc.oneof(fc.constantFrom("Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Nairobi"), fc.constantFrom(...ZONES));
const locals = fc.integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2045, 0, 1) / 60_000 }).map((minute) => new Date(minute * 60_000).toISOString().slice(0, 16));
const standard = (local: string, zone: string, disambiguation: "earlier" | "reject") => Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
const possible = (local: string, zone: string) => {
  try {
    return standard(local, zone, "reject");
  } catch {
    return null;
  }
};

test("LES-1: a local time is the instant that the standard's Temporal gives it, in every zone", () => {
  fc.assert(fc.property(locals, zones, (local, zone) => {
    const found = instantOf(local, zone);
    const one = possible(local, zone);
    if (one !== null) expect(found).toBe(one);
    else if (typeof found === "number") expect([found, localOf(found, zone)]).toEqual([standard(local, zone, "earlier"), local]);
    else expect(Date.parse(`${(found as { nearest: string }).nearest}Z`)).toBeGreaterThan(Date.parse(`${local}Z`));
  }), { numRuns: 1500 });
});

test.each([
  ["2026-03-29T01:30", "Europe/London", "2026-03-29T02:00"],
  ["2026-03-29T01:00", "Europe/London", "2026-03-29T02:00"],
  ["2026-03-08T02:59", "America/New_York", "2026-03-08T03:00"],
  ["2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-04T02:30"],
  ["2026-04-24T00:30", "Africa/Cairo", "2026-04-24T01:00"],
  ["2011-12-30T10:00", "Pacific/Apia", "2011-12-31T00:00"],
])("LES-1: %s in %s is skipped, and the nearest is %s", (local, zone, nearest) => {
  expect(instantOf(local, zone)).toEqual({ problem: "time_skipped", nearest });
  expect(localOf(nearestInstantOf(local, zone) as number, zone)).toBe(nearest);
});

test.each([
  ["2026-10-25T01:30", "Europe/London", "+01:00", "+00:00", 60],
  ["2026-11-01T01:00", "America/New_York", "-04:00", "-05:00", 60],
  ["2026-04-05T01:45", "Australia/Lord_Howe", "+11:00", "+10:30", 30],
])("LES-1: %s in %s comes twice: the first, unless the offset says the second", (local, zone, first, second, minutes) => {
  const earlier = instantOf(local, zone) as number;
  expect(instantOf(local, zone, first)).toBe(earlier);
  expect(instantOf(local, zone, second)).toBe(earlier + minutes * 60_000);
  expect(instantOf(local, zone, "+05:30")).toEqual({ problem: "offset_not_shown" });
});

test("LES-1: Z says that the clocks of that zone show UTC, and is refused where they do not", () => {
  expect(instantOf("2026-10-25T01:30", "Europe/London", "Z")).toBe(Date.parse("2026-10-25T01:30Z"));
  expect(instantOf("2026-11-24T10:00", "Africa/Nairobi", "Z")).toEqual({ problem: "offset_not_shown" });
});

test.each(["2026-02-30T10:00", "2026-13-01T10:00", "2026-11-24T24:00", "2026-11-24T10:60", "2026-11-24 10:00", "2026-11-24T10:00:00", "tomorrow", ""])("LES-1: %j is no local time", (local) => {
  expect(instantOf(local, "Africa/Nairobi")).toEqual({ problem: "local_time_malformed" });
});

test("LES-1: a zone that nobody knows is refused, also with an offset in its place", () => {
  expect(instantOf("2026-11-24T10:00", "Mars/Olympus")).toEqual({ problem: "time_zone_unknown" });
  expect(instantOf("2026-11-24T10:00", "+03:00")).toEqual({ problem: "time_zone_unknown" });
  expect(instantOf("2026-11-24T10:00", "Africa/Nairobi", "nonsense")).toEqual({ problem: "offset_not_shown" });
});
