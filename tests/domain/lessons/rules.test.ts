import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { AHEAD, cancelProblem, changeProblem, hoursWhenCancelled, isEnrolled, LONGEST, NOTICE, overlap, SHORTEST, sideOf, timesProblem, type Side } from "#app/domain/lessons/rules.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const minutes = fc.integer({ min: -2_000, max: 2_000 }).map((count) => NOW + count * MINUTE);
const sides = fc.constantFrom<Side>("teacher", "family", "administration");
const status = fc.constantFrom("asked" as const, "scheduled" as const, "denied" as const, "expired" as const, "cancelled" as const);
const lesson = fc.record({ status, startsAt: minutes, usesHours: fc.boolean() });

test("LES-1: times pass exactly when they end later, last 15 minutes to 8 hours, and begin 15 minutes from now or later", () => {
  fc.assert(fc.property(minutes, minutes, (startsAt, endsAt) => {
    const length = endsAt - startsAt;
    expect(timesProblem({ startsAt, endsAt }, NOW) === null).toBe(length >= SHORTEST && length <= LONGEST && startsAt >= NOW + AHEAD);
  }));
});

test("LES-1: each broken rule has its own name, and the limits are allowed", () => {
  const from = NOW + AHEAD;
  const problem = (startsAt: number, length: number) => timesProblem({ startsAt, endsAt: startsAt + length }, NOW);
  expect([problem(from, SHORTEST), problem(from, LONGEST), problem(from, 0), problem(from, SHORTEST - 1), problem(from, LONGEST + 1), problem(from - 1, HOUR), problem(NOW - 1, HOUR)])
    .toEqual([null, null, "lesson_ends_before_start", "lesson_too_short", "lesson_too_long", "lesson_too_soon", "lesson_in_past"]);
});

test("LES-1: two lessons overlap when they share an instant, and not when one begins as the other ends", () => {
  const spans = fc.tuple(minutes, fc.integer({ min: 15, max: 480 })).map(([startsAt, length]) => ({ startsAt, endsAt: startsAt + length * MINUTE }));
  fc.assert(fc.property(spans, spans, (one, other) => {
    expect(overlap(one, other)).toBe(Math.max(one.startsAt, other.startsAt) < Math.min(one.endsAt, other.endsAt));
    expect(overlap(one, other)).toBe(overlap(other, one));
    expect(overlap(one, { startsAt: one.endsAt, endsAt: one.endsAt + HOUR })).toBe(false);
  }));
});

test("LES-1: a teacher cancels until exactly two hours before, that instant included, others until the start; nobody what does not stand", () => {
  fc.assert(fc.property(sides, lesson, (side, one) => {
    const stands = one.status === "scheduled" || one.status === "asked";
    expect(cancelProblem(side, one, NOW) === null).toBe(stands && NOW < one.startsAt && (side !== "teacher" || NOW <= one.startsAt - NOTICE));
    expect(changeProblem(one, NOW) === null).toBe(one.status === "scheduled" && NOW < one.startsAt);
  }));
  const at = (startsAt: number) => cancelProblem("teacher", { status: "scheduled", startsAt, usesHours: true }, NOW);
  expect([at(NOW + NOTICE), at(NOW + NOTICE - 1), at(NOW)]).toEqual([null, "too_late_to_cancel", "lesson_started"]);
});

test("LES-8: hours are lost only when the family cancels what stands inside two hours", () => {
  fc.assert(fc.property(sides, lesson, (side, one) => {
    const lost = one.usesHours && side === "family" && one.status === "scheduled" && NOW > one.startsAt - NOTICE;
    expect(hoursWhenCancelled(side, one, NOW)).toBe(lost ? "consumed" : one.usesHours ? "released" : null);
  }));
});

test("LES-1: only a pair enrolled now and when the lesson starts can have it; the enrolment's end is exclusive", () => {
  fc.assert(fc.property(minutes, fc.option(minutes), minutes, (startsAt, endsAt, lessonAt) => {
    expect(isEnrolled({ startsAt, endsAt }, lessonAt, NOW)).toBe(startsAt <= NOW && (endsAt === null || (NOW < endsAt && lessonAt < endsAt)));
  }));
});

test("LES-8: who is of the family cancels for the family, whatever else they are", () => {
  expect([[true, true, true], [true, false, true], [true, false, false]].map(([teaches, schedules, administers]) => sideOf({ teaches: teaches!, schedules: schedules!, administers: administers!, asks: false }))).toEqual(["family", "administration", "teacher"]);
  expect(sideOf({ teaches: false, schedules: false, administers: false, asks: true })).toBe("family");
});
