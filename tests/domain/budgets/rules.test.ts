import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alertsDue, budgetEffect, carryInto, effectiveRules, fits, limitIn, standing, type Control, type Rollover } from "#app/domain/budgets/rules.ts";

const control = (more: Partial<Control> = {}): Control => ({
  id: "bud_1", guardianId: "user_a", guardianName: "A", weeklyLimit: 100, monthlyLimit: null, autoApproveUpTo: 0, approvalThreshold: null, rollover: "none",
  limitsFrom: [{ kind: "week", startsOn: "2026-11-02", limit: 100 }], ...more,
});
const WEEKS = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"];
const carried = (rollover: Rollover, used: Record<string, number>, into: string, limit = 100) =>
  carryInto(control({ rollover, weeklyLimit: limit, limitsFrom: [{ kind: "week", startsOn: WEEKS[0]!, limit }] }), "week", into, (week) => used[week] ?? 0);

describe("BUD-1: the strictest active value of each field applies, and says whose it is", () => {
  test("BUD-1: each field by itself", () => {
    const rules = effectiveRules([
      control({ weeklyLimit: 500, autoApproveUpTo: 50, approvalThreshold: null }),
      control({ guardianId: "user_b", guardianName: "B", weeklyLimit: 300, monthlyLimit: 900, autoApproveUpTo: 80, approvalThreshold: 200 }),
    ]);
    expect(rules).toEqual({
      weeklyLimit: { value: 300, setBy: "user_b", setByName: "B" }, monthlyLimit: { value: 900, setBy: "user_b", setByName: "B" },
      autoApproveUpTo: { value: 50, setBy: "user_a", setByName: "A" }, approvalThreshold: { value: 200, setBy: "user_b", setByName: "B" },
    });
  });
  test("BUD-1: no active control sets nothing", () => {
    expect(effectiveRules([])).toEqual({ weeklyLimit: null, monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null });
  });
  test("BUD-1: a limit of 0 is a limit", () => {
    expect(limitIn([control({ weeklyLimit: 0 }), control({ weeklyLimit: 70 })], "week", WEEKS[1]!, () => 0)?.value).toBe(0);
  });
  test("BUD-1: adding a control never loosens a rule, and A stays at or below T", () => {
    const any = fc.record({ weeklyLimit: fc.option(fc.nat(1000)), a: fc.nat(500), t: fc.option(fc.nat(500)) })
      .map(({ weeklyLimit, a, t }) => control({ weeklyLimit, autoApproveUpTo: a, approvalThreshold: t === null ? null : a + t }));
    fc.assert(fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), any, (controls, another) => {
      const before = effectiveRules(controls);
      const after = effectiveRules([...controls, another]);
      for (const field of ["weeklyLimit", "autoApproveUpTo", "approvalThreshold"] as const) if (before[field]) expect(after[field]!.value).toBeLessThanOrEqual(before[field].value);
      if (after.approvalThreshold) expect(after.autoApproveUpTo!.value).toBeLessThanOrEqual(after.approvalThreshold.value);
    }));
  });
});

describe("BUD-3: rollover", () => {
  test("BUD-3: none carries nothing", () => expect(carried("none", {}, WEEKS[3]!)).toBe(0));
  test("BUD-3: unspent carries what was left, at most one period's limit, through missed periods", () => {
    expect(carried("unspent", { [WEEKS[0]!]: 30 }, WEEKS[1]!)).toBe(70);
    expect(carried("unspent", { [WEEKS[0]!]: 30 }, WEEKS[2]!)).toBe(100);
    expect(carried("unspent", {}, WEEKS[4]!)).toBe(100);
  });
  test("BUD-3: unspent forgives what was overspent", () => expect(carried("unspent", { [WEEKS[0]!]: 250 }, WEEKS[1]!)).toBe(0));
  test("BUD-3: a debt lowers the next limits to no less than 0 and the rest of it goes on", () => {
    const used = { [WEEKS[0]!]: 350 };
    const limits = WEEKS.slice(1).map((week) => limitIn([control({ rollover: "unspent_and_overspent" })], "week", week, (at) => (used as Record<string, number>)[at] ?? 0)?.value);
    expect(limits).toEqual([0, 0, 50, 150]);
  });
  test("BUD-3: a changed limit counts from its period on", () => {
    const changed = control({ rollover: "unspent", weeklyLimit: 40, limitsFrom: [{ kind: "week", startsOn: WEEKS[0]!, limit: 100 }, { kind: "week", startsOn: WEEKS[2]!, limit: 40 }] });
    expect(carryInto(changed, "week", WEEKS[2]!, () => 0)).toBe(100);
    expect(carryInto(changed, "week", WEEKS[3]!, () => 0)).toBe(40);
  });
  test("BUD-3: whatever was used, what is carried stays between the debt and one limit", () => {
    fc.assert(fc.property(fc.array(fc.nat(400), { minLength: 4, maxLength: 4 }), fc.constantFrom<Rollover>("none", "unspent", "unspent_and_overspent"), fc.integer({ min: 1, max: 200 }), (amounts, rollover, limit) => {
      const used = Object.fromEntries(WEEKS.map((week, index) => [week, amounts[index] ?? 0]));
      const carry = carried(rollover, used, WEEKS[4]!, limit);
      expect(carry).toBeLessThanOrEqual(limit);
      expect(carry).toBeGreaterThanOrEqual(rollover === "unspent_and_overspent" ? -amounts.reduce((sum, amount) => sum + amount, 0) : 0);
    }));
  });
});

describe("BUD-2 and BUD-4: what is left, and what an amount would do", () => {
  const period = { kind: "week" as const, startsOn: WEEKS[1]!, endsOn: WEEKS[2]! };
  const limit = { value: 100, setBy: "user_a", setByName: "A" };
  test("BUD-2: after an override left is 0 and says by how much the limit was passed", () => {
    expect(standing(period, limit, { reserved: 30, spent: 90 })).toMatchObject({ left: 0, over: 20 });
  });
  test("BUD-2: no limit leaves no number, and everything fits", () => {
    const open = standing(period, null, { reserved: 5, spent: 5 });
    expect(open).toMatchObject({ limit: null, left: null, over: 0 });
    expect(fits(1_000_000, [open])).toBe(true);
  });
  test("BUD-4: an amount fits exactly when its effect passes no limit", () => {
    fc.assert(fc.property(fc.nat(300), fc.nat(300), fc.nat(300), fc.integer({ min: 1, max: 300 }), (value, reserved, spent, amount) => {
      const now = standing(period, { ...limit, value }, { reserved, spent });
      const [effect] = budgetEffect(amount, [now]);
      expect(fits(amount, [now])).toBe(effect!.overBy === 0);
      expect(effect!.leftAfter - effect!.overBy).toBe(value - reserved - spent - amount);
    }));
  });
  test("BUD-4: one notice for a jump over several thresholds, each at most once", () => {
    expect(alertsDue(100, { reserved: 0, spent: 79 }, [])).toEqual([]);
    expect(alertsDue(100, { reserved: 40, spent: 55 }, [])).toEqual([80, 90]);
    expect(alertsDue(100, { reserved: 40, spent: 60 }, [80, 90])).toEqual([100]);
    expect(alertsDue(100, { reserved: 0, spent: 85 }, [80, 90, 100])).toEqual([]);
  });
});

test("BUD-2: a period without a limit in it carries nothing on, whatever was carried into it", () => {
  const from = (limits: [string, number | null][]) => carryInto(control({ rollover: "unspent", limitsFrom: limits.map(([startsOn, limit]) => ({ kind: "week" as const, startsOn, limit })) }), "week", WEEKS[3]!, () => 10);
  expect(from([[WEEKS[0]!, 100], [WEEKS[1]!, null], [WEEKS[2]!, 50]])).toBe(40);
  expect(from([[WEEKS[0]!, 100], [WEEKS[2]!, null]])).toBe(0);
});
