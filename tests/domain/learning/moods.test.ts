import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, daysBetween, daysOf } from "#app/domain/learning/days.ts";
import { ChangeMoodInput, MoodInput } from "#app/domain/learning/moods/inputs.ts";
import { energyByDay, trendOf, whyFixed } from "#app/domain/learning/moods/rules.ts";

const dates = fc.integer({ min: 0, max: 20_000 }).map((day) => addDays("1990-01-01", day));
const entries = fc.array(fc.record({ onDate: fc.integer({ min: 0, max: 30 }).map((day) => addDays("2026-10-20", day)), energy: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60, size: "max" });

test("LRN-7: only who said it may change it, and only on its day", () => {
  fc.assert(fc.property(fc.constantFrom("a", "b"), dates, fc.constantFrom("a", "b"), dates, (recordedBy, onDate, userId, today) => {
    expect(whyFixed({ recordedBy, onDate }, userId, today)).toBe(recordedBy !== userId ? "mood_not_yours" : onDate !== today ? "mood_day_over" : null);
  }));
});

test("LRN-7: a blank note is no note, and energy is 1 to 5", () => {
  expect(MoodInput.parse({ mood: "calm", energy: "3", note: "   " })).toEqual({ mood: "calm", energy: 3, note: null });
  expect(ChangeMoodInput.parse({ note: "" })).toEqual({ note: null });
  for (const energy of [0, 6, 2.5, "x"]) expect(MoodInput.safeParse({ mood: "calm", energy }).error?.issues[0]?.message).toBe("energy_range");
  expect(MoodInput.safeParse({ mood: "cross", energy: 1 }).error?.issues[0]?.message).toBe("mood_missing");
});

test("LRN-7: one figure a day, in order, within what was said", () => {
  fc.assert(fc.property(entries, (said) => {
    const days = energyByDay(said);
    expect(days.map(({ date }) => date)).toEqual([...new Set(said.map(({ onDate }) => onDate))].sort());
    for (const { date, energy } of days) {
      const of = said.filter(({ onDate }) => onDate === date).map((entry) => entry.energy);
      expect(energy).toBeGreaterThanOrEqual(Math.min(...of));
      expect(energy).toBeLessThanOrEqual(Math.max(...of));
    }
  }));
});

test("LRN-7: the trend turns round with the days, and too few say nothing", () => {
  const back = { up: "down", down: "up", steady: "steady", unknown: "unknown" } as const;
  fc.assert(fc.property(entries, (said) => {
    const days = energyByDay(said);
    expect(trendOf(days.toReversed())).toBe(back[trendOf(days)]);
    expect(trendOf(days.slice(0, 3))).toBe("unknown");
  }));
  expect(trendOf([1, 1, 4, 5].map((energy, at) => ({ date: addDays("2026-11-01", at), energy })))).toBe("up");
});

test("LRN-4, LRN-7: a range holds what was asked, at most a year, and ends today unless told", () => {
  fc.assert(fc.property(fc.option(dates, { nil: undefined }), fc.option(dates, { nil: undefined }), dates, fc.integer({ min: 1, max: 60 }), (from, to, today, usual) => {
    if (from !== undefined && to !== undefined && from > to) return;
    const days = daysOf({ from, to }, today, usual);
    expect(daysBetween(days.from, days.to)).toBeGreaterThanOrEqual(0);
    expect(daysBetween(days.from, days.to)).toBeLessThan(366);
    if (to !== undefined) expect(days.to).toBe(to);
    if (from === undefined) expect(daysBetween(days.from, days.to)).toBe(usual - 1);
  }));
});
