import { expect, test } from "vitest";
import { formatterFor } from "#app/i18n/format.ts";

const nairobi = formatterFor("en", "Africa/Nairobi");

test("EDGE-5: a time that ends at midnight is said as the last minute of the day before, by the reader's clock", () => {
  const midnight = Date.parse("2026-11-23T21:00Z");
  expect([nairobi.dateTime(midnight), nairobi.until(midnight), formatterFor("en", "UTC").until(midnight)]).toEqual(["Tuesday 24 November, 00:00", "Monday 23 November, 23:59", "Monday 23 November, 21:00"]);
  expect(nairobi.until(midnight - 60_000)).toBe("Monday 23 November, 23:59");
});
