import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { COMPETENCIES, levelOf, LEVELS, pointsOf } from "#app/domain/learning/competencies.ts";
import { COUNTS_FOR, ENOUGH, standingOf, standingsOf, type Piece } from "#app/domain/learning/competency-rules.ts";
import { focusAreas } from "#app/domain/learning/focus-rules.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const piece = fc.record({ competency: fc.constantFrom(...COMPETENCIES.slice(0, 2)), points: fc.integer({ min: 1, max: 8 }), age: fc.integer({ min: 0, max: 250 }) })
  .map(({ age, ...rest }): Piece => ({ ...rest, at: NOW - age * DAY }));
const pieces = fc.array(piece, { maxLength: 20, size: "max" });
const [ONE, OTHER] = [COMPETENCIES[0], COMPETENCIES[1]];
const at = (points: number, days: number): Piece => ({ competency: ONE, points, at: NOW - days * DAY });
const order = ["low", "fair", "high"];

describe("LRN-3: where a competency stands", () => {
  test("not enough evidence yet below three pieces, or where they are too old", () => {
    expect(standingOf(ONE, [at(6, 1), at(6, 2)], NOW)).toMatchObject({ points: null, trend: null, sureness: null, pieces: 2 });
    expect(standingOf(ONE, [at(6, 1), at(6, 2), at(6, 180)], NOW)).toMatchObject({ points: null, pieces: 2 });
    expect(standingOf(ONE, [], NOW)).toMatchObject({ points: null, pieces: 0, latestAt: null });
    expect(standingOf(ONE, [at(6, 1), at(6, 2), at(6, 179)], NOW)).toMatchObject({ points: 6, sureness: "low", pieces: 3, latestAt: NOW - DAY });
  });

  test("what is recent weighs more, and one piece far off moves nothing", () => {
    expect(standingOf(ONE, [at(3, 150), at(3, 140), at(3, 130), at(6, 5)], NOW).points).toBe(6);
    expect(standingOf(ONE, [at(6, 5), at(6, 10), at(6, 15), at(1, 1)], NOW).points).toBe(6);
  });

  test.each([[3, "low"], [4, "low"], [5, "fair"], [7, "fair"], [8, "high"]])("%i pieces make it %s", (count, sureness) => {
    expect(standingOf(ONE, Array.from({ length: count }, () => at(6, 1)), NOW)).toMatchObject({ sureness, pieces: count });
  });

  test("points are the level's place in the rubric, and none is made up for others", () => {
    expect(LEVELS.map((level) => levelOf(pointsOf(level)))).toEqual([...LEVELS]);
    for (const points of [0, 9, 1.5]) expect(() => levelOf(points)).toThrow(`no rubric level has ${points} points`);
  });

  test("the trend is told where there are two pieces of each time", () => {
    expect(standingOf(ONE, [at(3, 100), at(3, 90), at(6, 5), at(5, 4)], NOW).trend).toBe("rising");
    expect(standingOf(ONE, [at(6, 100), at(6, 90), at(3, 5), at(4, 4)], NOW).trend).toBe("falling");
    expect(standingOf(ONE, [at(6, 100), at(6, 90), at(6, 5), at(6, 4)], NOW).trend).toBe("steady");
    expect(standingOf(ONE, [at(6, 100), at(3, 5), at(4, 4)], NOW).trend).toBeNull();
  });

  test("is one of the levels that were given within the time, whatever the evidence", () => {
    fc.assert(fc.property(pieces, (evidence) => {
      for (const { competency, points, pieces: count } of standingsOf(evidence, NOW)) {
        const counted = evidence.filter((one) => one.competency === competency && NOW - one.at < COUNTS_FOR);
        expect(count).toBe(counted.length);
        if (counted.length < ENOUGH) expect(points).toBeNull();
        else expect(counted.map((one) => one.points)).toContain(points);
      }
    }));
  });

  test("does not depend on the order, nor on what speaks for other competencies or is too old", () => {
    fc.assert(fc.property(pieces, fc.infiniteStream(fc.nat()), (evidence, keys) => {
      const shuffled = evidence.map((one) => ({ one, key: keys.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);
      expect(standingsOf(shuffled, NOW)).toEqual(standingsOf(evidence, NOW));
      expect(standingOf(ONE, evidence.filter((one) => one.competency !== OTHER && NOW - one.at < COUNTS_FOR), NOW)).toEqual(standingOf(ONE, evidence, NOW));
    }));
  });

  test("rises or stays when any piece is better, and never falls by it", () => {
    fc.assert(fc.property(pieces, fc.nat(), (evidence, which) => {
      fc.pre(evidence.length > 0);
      const better = evidence.map((one, index) => (index === which % evidence.length ? { ...one, points: Math.min(8, one.points + 1) } : one));
      for (const [index, standing] of standingsOf(better, NOW).entries()) expect(standing.points ?? 0).toBeGreaterThanOrEqual(standingsOf(evidence, NOW)[index]!.points ?? 0);
    }));
  });

  test("one more piece never makes it less sure, nor takes a level away, and moves it towards itself", () => {
    fc.assert(fc.property(pieces, piece, (evidence, more) => {
      const [before, after] = [standingOf(more.competency, evidence, NOW), standingOf(more.competency, [...evidence, more], NOW)];
      expect(order.indexOf(after.sureness ?? "")).toBeGreaterThanOrEqual(order.indexOf(before.sureness ?? ""));
      if (before.points === null) return;
      expect(after.points).not.toBeNull();
      const [low, high] = [Math.min(before.points, more.points), Math.max(before.points, more.points)];
      expect(after.points).toBeGreaterThanOrEqual(low);
      expect(after.points).toBeLessThanOrEqual(high);
    }));
  });
});

describe("LRN-2: what needs attention now", () => {
  const standing = (points: number | null, trend: "rising" | "steady" | "falling" | null = null, competency = ONE as (typeof COMPETENCIES)[number]) => ({ competency, points, trend, sureness: "low" as const, pieces: 3, latestAt: NOW });
  const level = (points: number, subjectId = "sub_1") => ({ id: `ass_${points}`, subjectId, subject: "Mathematics", title: "Fractions", points, on: "2026-11-23" });

  test.each([
    [null, null, null], [4, "rising", "low"], [5, "falling", "falling"], [6, "falling", "falling"], [6, "steady", null], [5, null, null], [7, "falling", null],
  ] as const)("a competency at %s points, %s: %s", (points, trend, why) => {
    expect(focusAreas([standing(points, trend)], [])).toEqual(why === null ? [] : [{ about: "competency", competency: ONE, why, points, pieces: 3 }]);
  });

  test.each<[number[], "low" | "falling" | null]>([
    [[3], null], [[4, 4], "low"], [[4, 5], "falling"], [[4, 3, 8], "low"], [[6, 7], "falling"], [[6, 6], null], [[7, 8], null], [[5, 4], null], [[8, 1], null],
  ])("a subject with the levels %j, latest first: %s", (points, why) => {
    const levels = points.map((each) => level(each));
    expect(focusAreas([], levels)).toEqual(why === null ? [] : [{ about: "subject", subjectId: "sub_1", subject: "Mathematics", why, points: points[0], evidence: levels.slice(0, 2) }]);
  });

  test("at most three, the low before the falling, the lowest first", () => {
    const found = focusAreas([standing(6, "falling"), standing(3, null, OTHER)], [level(5, "b"), level(6, "b"), level(2, "a"), level(3, "a")]);
    expect(found.map(({ about, why, points }) => [about, why, points])).toEqual([["subject", "low", 2], ["competency", "low", 3], ["subject", "falling", 5]]);
  });
});
