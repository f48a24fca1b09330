import fc from "fast-check";
import { expect, test } from "vitest";
import { COMPETENCIES } from "#app/domain/learning/competencies.ts";
import { goalActFrom } from "#app/domain/learning/goals/goal-acts.ts";
import { mayTurn, STATUSES, turnsOf } from "#app/domain/learning/goals/rules.ts";
import { keyOf, suggestionsFrom, type Records } from "#app/domain/learning/goals/suggestions.ts";

const few = fc.integer({ min: 0, max: 12 });
const records: fc.Arbitrary<Records> = fc.record({
  streaks: fc.option(fc.record({ current: few, longest: few })),
  evidence: fc.option(fc.dictionary(fc.constantFrom(...COMPETENCIES), few)),
  work: fc.option(fc.tuple(few, few).map(([late, onTime]) => ({ late, handedIn: late + onTime }))),
});

test("LRN-6: what was answered once is not suggested again, and nothing else is lost by it", () => {
  fc.assert(fc.property(records, fc.nat(), (found, pick) => {
    const all = suggestionsFrom(found, []);
    const keys = all.map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    const answered = keys.filter((_, nth) => (pick >> nth) % 2 === 1);
    expect(suggestionsFrom(found, answered)).toEqual(all.filter((one) => !answered.includes(keyOf(one))));
  }));
});

test("LRN-6: a rule sees only what the reader may see, and every suggestion carries the figures it goes by", () => {
  fc.assert(fc.property(records, (found) => {
    for (const { rule, facts } of suggestionsFrom(found, [])) {
      expect(found[({ streak_lost: "streaks", little_evidence: "evidence", late_work: "work" } as const)[rule]]).not.toBeNull();
      expect(Object.keys(facts).length).toBeGreaterThan(0);
    }
    expect(suggestionsFrom({ streaks: null, evidence: null, work: null }, [])).toEqual([]);
  }));
});

test.each([
  [{ streaks: { current: 0, longest: 5 } }, "streak_lost", { longest: 5 }],
  [{ streaks: { current: 1, longest: 9 } }, null, null],
  [{ streaks: { current: 0, longest: 4 } }, null, null],
  [{ evidence: { communication: 3, critical_thinking: 3, creativity: 1, citizenship: 2, digital_literacy: 2, learning_to_learn: 2, self_efficacy: 2 } }, "little_evidence", { competency: "creativity", count: 1, all: 15 }],
  [{ evidence: { communication: 5 } }, null, null],
  [{ work: { handedIn: 6, late: 2 } }, "late_work", { late: 2, of: 6 }],
  [{ work: { handedIn: 7, late: 2 } }, null, null],
  [{ work: { handedIn: 1, late: 1 } }, null, null],
] as const)("LRN-6: %o suggests %s", (found, rule, facts) => {
  expect(suggestionsFrom({ streaks: null, evidence: null, work: null, ...found }, []).map((one) => [one.rule, one.facts])).toEqual(rule === null ? [] : [[rule, facts]]);
});

test("LRN-6: a goal is taken up, paused, reached and given up; nothing that is over is paused", () => {
  for (const from of STATUSES) {
    for (const to of STATUSES) expect(mayTurn(from, to)).toBe(from === to || turnsOf(from).includes(to));
    expect(turnsOf(from)).not.toContain(from);
  }
  expect([mayTurn("completed", "paused"), mayTurn("cancelled", "completed"), mayTurn("completed", "active")]).toEqual([false, false, true]);
});

test("LRN-6: a button of its own for each turn; a reason that was cleared is none", () => {
  expect(goalActFrom({ act: "turn:paused", goalId: "g" })).toEqual({ act: "turn", status: "paused", goalId: "g" });
  expect(goalActFrom({ act: "change", goalId: "g", title: "T" })).toEqual({ act: "change", goalId: "g", title: "T", why: "", targetOn: null });
});
