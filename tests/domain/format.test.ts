import { expect, test } from "vitest";
import { formatterFor } from "#app/i18n/format.ts";

const nairobi = formatterFor("en", "Africa/Nairobi");

test("EDGE-5: a time that ends at midnight is said as the last minute of the day before, by the reader's clock", () => {
  const midnight = Date.parse("2026-11-23T21:00Z");
  expect([nairobi.dateTime(midnight), nairobi.until(midnight), formatterFor("en", "UTC").until(midnight)]).toEqual(["Tuesday 24 November, 00:00", "Monday 23 November, 23:59", "Monday 23 November, 21:00"]);
  expect(nairobi.until(midnight - 60_000)).toBe("Monday 23 November, 23:59");
});

test("EDGE-4: a file's weight is said as short as it helps to decide on a metered line", () => {
  const f = formatterFor("en", "UTC");
  expect([1, 120_000, 1_048_575, 1_500_000, 26_214_400].map((bytes) => f.size(bytes))).toEqual(["1\u00a0KB", "117\u00a0KB", "1,024\u00a0KB", "1.4\u00a0MB", "25\u00a0MB"]);
});
