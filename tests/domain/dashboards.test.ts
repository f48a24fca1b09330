import fc from "fast-check";
import { expect, test } from "vitest";
import { comparedWith, lastDays, minutesPerDay, QUIET_DAYS, quietFor } from "#app/domain/dashboards/rules.ts";
import { homesOf } from "#app/domain/dashboards/homes.ts";

const days = lastDays("2026-11-24", 28);
const history = fc.array(fc.record({ onDate: fc.constantFrom(...days), minutes: fc.integer({ min: 0, max: 300 }) }), { maxLength: 40, size: "max" });

test("DASH-1: the last days end today, each follows the one before, over the end of a month and a leap day too", () => {
  expect(lastDays("2028-03-01", 3)).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  expect(days).toHaveLength(28);
  expect(new Set(days).size).toBe(28);
  expect(days.at(-1)).toBe("2026-11-24");
});

test("DASH-1: who did something within the last days is not quiet; who did nothing at all is no news", () => {
  expect(quietFor([], "2026-11-24")).toBeNull();
  expect(quietFor([{ onDate: "2026-11-18", minutes: 20 }], "2026-11-24")).toBe(5);
  expect(quietFor([{ onDate: "2026-11-19", minutes: 20 }], "2026-11-24")).toBeNull();
  fc.assert(fc.property(history, (noted) => {
    const quiet = quietFor(noted, "2026-11-24");
    const since = days.slice(-QUIET_DAYS - 1);
    const busy = noted.some(({ onDate, minutes }) => minutes > 0 && since.includes(onDate));
    expect(quiet === null).toBe(busy || noted.every(({ minutes }) => minutes === 0));
  }));
});

test("DASH-1: minutes by day add up to all that was noted in these days, in whatever order", () => {
  fc.assert(fc.property(history, fc.integer({ min: 1, max: 28 }), (noted, count) => {
    const dates = days.slice(-count);
    const sum = (minutes: number[]) => minutes.reduce((total, some) => total + some, 0);
    expect(sum(minutesPerDay(noted, dates))).toBe(sum(noted.filter(({ onDate }) => dates.includes(onDate)).map(({ minutes }) => minutes)));
    expect(minutesPerDay([...noted].reverse(), dates)).toEqual(minutesPerDay(noted, dates));
  }));
});

test("DASH-1: a week is more or less than the one before from a tenth on, and never both", () => {
  expect([comparedWith(100, 110), comparedWith(100, 111), comparedWith(100, 90), comparedWith(100, 89), comparedWith(0, 0), comparedWith(0, 1)]).toEqual(["same", "more", "same", "less", "same", "more"]);
  fc.assert(fc.property(fc.nat(10_000), fc.nat(10_000), (before, now) => {
    if (comparedWith(before, now) === "more") expect(comparedWith(now, before)).not.toBe("more");
  }));
});

test("DASH-1..4: everybody has a home, and one for each hat", () => {
  const at = (...roles: string[]) => ({ kind: "adult" as const, wards: [], familyIds: [], memberships: roles.map((role) => ({ schoolId: "school_1", schoolName: "One", role })) }) as unknown as Parameters<typeof homesOf>[0];
  const withWard = (...roles: string[]) => ({ ...at(...roles), wards: [{}] }) as unknown as Parameters<typeof homesOf>[0];
  expect(homesOf({ ...at("student"), kind: "child" })).toEqual(["own"]);
  expect(homesOf(at())).toEqual(["family"]);
  expect(homesOf(at("school_admin", "school_staff"))).toEqual(["school"]);
  expect(homesOf(at("school_owner", "teacher"))).toEqual(["school", "teaching"]);
  expect(homesOf(at("teacher"))).toEqual(["teaching"]);
  expect(homesOf(at("tutor"))).toEqual(["tutoring"]);
  expect(homesOf(at("school_staff"))).toEqual(["school"]);
  expect(homesOf(withWard("teacher", "tutor"))).toEqual(["family", "teaching", "tutoring"]);
});
