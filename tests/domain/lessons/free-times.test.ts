import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, localDate, MINUTE } from "#app/domain/clock.ts";
import { bookingStatusAt, answerUntil, askedOf } from "#app/domain/lessons/booking-rules.ts";
import { freeTimes, isOffered, openSpans, type Window } from "#app/domain/lessons/free-times.ts";
import { localOf } from "#app/domain/lessons/local-time.ts";
import { overlap } from "#app/domain/lessons/rules.ts";

const HOURS = ["08:00", "09:30", "12:00", "14:00", "15:30", "18:00", "20:00"] as const;
const window = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: fc.nat({ max: 5 }), more: fc.integer({ min: 1, max: 6 }), timeZone: fc.constantFrom("Africa/Nairobi", "Europe/London", "America/New_York") })
  .map(({ weekday, from, more, timeZone }): Window => ({ weekday, localStart: HOURS[from]!, localEnd: HOURS[Math.min(6, from + more)]!, timeZone }));
// Round the nights in which London's and New York's clocks change too.
const instant = fc.integer({ min: Date.parse("2026-10-15T00:00Z") / MINUTE, max: Date.parse("2027-04-01T00:00Z") / MINUTE }).map((minutes) => minutes * MINUTE);
const weekdayOn = (date: string) => ((new Date(date).getUTCDay() + 6) % 7) + 1;

test("LES-4: every free time lies in a window by the clock on the wall, a quarter of an hour ahead, clear of absences and of everything taken", () => {
  fc.assert(fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), instant, fc.array(fc.record({ after: fc.nat({ max: 14 * 24 * 60 }), minutes: fc.integer({ min: 15, max: 240 }) }), { maxLength: 8 }), fc.nat({ max: 13 }), fc.constantFrom(30, 45, 60, 90), (windows, now, lessons, away, minutes) => {
    const busy = lessons.map(({ after, minutes: long }) => ({ startsAt: now + after * MINUTE, endsAt: now + (after + long) * MINUTE }));
    const absence = { startsOn: localDate(now + away * DAY, "UTC"), endsOn: localDate(now + (away + 1) * DAY, "UTC") };
    const spans = openSpans(windows, [absence], { startsAt: now, endsAt: now + 14 * DAY });
    for (const lesson of freeTimes(spans, busy, minutes, now)) {
      expect(lesson.endsAt - lesson.startsAt).toBe(minutes * MINUTE);
      expect(lesson.startsAt).toBeGreaterThanOrEqual(now + 15 * MINUTE);
      expect(busy.some((taken) => overlap(taken, lesson))).toBe(false);
      expect(isOffered(lesson, spans)).toBe(true);
      const covers = (at: number) => windows.some(({ weekday, localStart, localEnd, timeZone }) => {
        const shown = localOf(at, timeZone);
        return weekdayOn(shown.slice(0, 10)) === weekday && localStart <= shown.slice(11) && shown.slice(11) < localEnd && shown.slice(0, 10) !== absence.startsOn;
      });
      expect([covers(lesson.startsAt), covers(lesson.endsAt - MINUTE)]).toEqual([true, true]);
    }
  }), { numRuns: 25 });
});

test("LES-4: the window keeps its hour on the wall when the clocks change, and one until midnight ends there", () => {
  const windows: Window[] = [{ weekday: 5, localStart: "16:00", localEnd: "17:00", timeZone: "Europe/London" }];
  const spans = openSpans(windows, [], { startsAt: Date.parse("2026-10-19T00:00Z"), endsAt: Date.parse("2026-11-02T00:00Z") });
  expect(spans.map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual(["2026-10-23T15:00:00.000Z", "2026-10-30T16:00:00.000Z"]);
  const late = openSpans([{ weekday: 1, localStart: "22:00", localEnd: "00:00", timeZone: "UTC" }, { weekday: 2, localStart: "00:00", localEnd: "01:00", timeZone: "UTC" }], [], { startsAt: Date.parse("2026-11-23T00:00Z"), endsAt: Date.parse("2026-11-25T00:00Z") });
  expect(late).toEqual([{ startsAt: Date.parse("2026-11-23T22:00Z"), endsAt: Date.parse("2026-11-24T01:00Z") }]);
});

test("LES-4: an answer is due within the family's time, never after the lesson begins; then the question is over, and who may answer is asked", () => {
  const now = Date.parse("2026-11-24T09:00Z");
  expect(answerUntil(now, null, now + 10 * DAY)).toBe(now + 3 * DAY);
  expect(answerUntil(now, 24, now + 10 * DAY)).toBe(now + DAY);
  expect(answerUntil(now, 24, now + 60 * MINUTE, now + 2 * DAY)).toBe(now + 60 * MINUTE);
  expect(bookingStatusAt({ status: "pending", expiresAt: now }, now)).toBe("expired");
  expect(bookingStatusAt({ status: "pending", expiresAt: now + 1 }, now)).toBe("pending");
  expect(bookingStatusAt({ status: "approved", expiresAt: now }, now)).toBe("approved");
  expect(askedOf(true, [])).toEqual([]);
  expect(askedOf(false, [{ userId: "a", schedules: true }])).toEqual([]);
  expect(askedOf(true, [{ userId: "a", schedules: false }])).toBe("nobody");
  expect(askedOf(true, [{ userId: "a", schedules: false }, { userId: "b", schedules: true }])).toEqual(["b"]);
});
