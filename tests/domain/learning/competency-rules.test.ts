import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { COMPETENCIES } from "#app/domain/learning/competencies.ts";
import { COUNTS_FOR, ENOUGH, standingOf, standingsOf, type Piece } from "#app/domain/learning/competency-rules.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const piece = fc.record({ competency: fc.constantFrom(...COMPETENCIES.slice(0, 2)), points: fc.integer({ min: 1, max: 8 }), age: fc.integer({ min: 0, max: 250 }) })
  .map(({ age, ...rest }): Piece => ({ ...rest, at: NOW - age * DAY }));
const pieces = fc.array(piece, { maxLength: 20 });
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
