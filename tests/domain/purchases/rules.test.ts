import fc from "fast-check";
import { expect, test } from "vitest";
import { effectiveRules, standing, type Control } from "#app/domain/budgets/rules.ts";
import { ApprovePurchaseInput, DenyPurchaseInput, RequestPurchaseInput } from "#app/domain/purchases/inputs.ts";
import { bandOf, decidersOf, firstToAsk, statusAt, stillAwaited, type Decider } from "#app/domain/purchases/rules.ts";

const rulesOf = (a: number, t: number | null) => effectiveRules([{ id: "b", guardianId: "g", guardianName: "G", weeklyLimit: null, monthlyLimit: null, autoApproveUpTo: a, approvalThreshold: t, rollover: "none", limitsFrom: [] } satisfies Control]);
const week = (limit: number | null, spent = 0) => [standing({ kind: "week", startsOn: "2026-11-23", endsOn: "2026-11-30" }, limit === null ? null : { value: limit, setBy: "g", setByName: "G" }, { reserved: 0, spent })];
const guardian = (userId: string, more: Partial<Decider> = {}): Decider => ({ userId, name: userId, isPrimary: false, contactPriority: 1, ...more });

test("PUR-2: the bands, in their order", () => {
  expect(bandOf(100, rulesOf(100, 500), week(null))).toBe("automatic");
  expect(bandOf(101, rulesOf(100, 500), week(null))).toBe("single");
  expect(bandOf(499, rulesOf(100, 500), week(null))).toBe("single");
  expect(bandOf(500, rulesOf(100, 500), week(null))).toBe("policy");
  expect(bandOf(100, rulesOf(100, 100), week(null))).toBe("policy");
  expect(bandOf(100, rulesOf(100, 500), week(99))).toBe("single");
  expect(bandOf(1, effectiveRules([]), week(null))).toBe("single");
});

test("PUR-2: only what is within the automatic amount, below the threshold and within every limit is approved by the rule", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(200), fc.option(fc.nat(200)), fc.option(fc.nat(300)), fc.nat(300), (amount, a, above, limit, spent) => {
    const t = above === null ? null : a + above;
    const band = bandOf(amount, rulesOf(a, t), week(limit, spent));
    expect(band === "policy").toBe(t !== null && amount >= t);
    if (band === "automatic") expect(amount <= a && (limit === null || spent + amount <= limit)).toBe(true);
    if (band === "single") expect(amount > a || (limit !== null && spent + amount > limit)).toBe(true);
  }));
});

test("PUR-6: expiry is exclusive and needs no sweep", () => {
  const request = { status: "pending" as const, expiresAt: 1000 };
  expect([statusAt(request, 999), statusAt(request, 1000), statusAt({ ...request, status: "approved" }, 2000)]).toEqual(["pending", "expired", "approved"]);
});

test("PUR-4: any, primary, all; without a primary any guardian may, and it is said", () => {
  const both = [guardian("a", { isPrimary: true }), guardian("b")];
  expect(decidersOf("policy", "any", both)).toMatchObject({ takes: "one", who: both });
  expect(decidersOf("policy", "primary", both).who.map((one) => one.userId)).toEqual(["a"]);
  expect(decidersOf("policy", "primary", [guardian("b")])).toMatchObject({ takes: "one", primaryMissing: true });
  expect(decidersOf("policy", "all", both)).toMatchObject({ takes: "all", who: both });
  expect(decidersOf("single", "all", both)).toMatchObject({ takes: "one", who: both });
});

test("PUR-4: with all, the last approval completes whatever the order", () => {
  fc.assert(fc.property(fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 4 }), (order) => {
    const deciders = decidersOf("policy", "all", order.map((id) => guardian(id)));
    order.forEach((id, index) => expect(stillAwaited(deciders, order.slice(0, index), id)).toHaveLength(3 - index));
  }));
});

test("PUR-6: the primary guardian or the first to contact is asked first; with all, everybody", () => {
  const three = [guardian("a", { contactPriority: 3 }), guardian("b", { contactPriority: 1 }), guardian("c", { contactPriority: 2 })];
  expect(firstToAsk(decidersOf("single", "any", three))).toEqual(["b"]);
  expect(firstToAsk(decidersOf("single", "any", [...three, guardian("d", { isPrimary: true, contactPriority: 9 })]))).toEqual(["d"]);
  expect(firstToAsk(decidersOf("policy", "all", three))).toHaveLength(3);
});

test("PUR-6: where nobody may decide nobody is asked", () => {
  expect(firstToAsk(decidersOf("single", "any", []))).toEqual([]);
});

test("PUR-1, PUR-3: a blank word is none, one too long is refused at its field, and a denial needs its reason", () => {
  expect(RequestPurchaseInput.parse({ planId: "plan_1", message: "  " })).toEqual({ planId: "plan_1", message: undefined });
  expect(ApprovePurchaseInput.parse({ note: " Well done ", allowOverLimit: "yes" })).toEqual({ note: "Well done", allowOverLimit: true });
  expect(ApprovePurchaseInput.safeParse({ note: "x".repeat(501) }).error!.issues).toMatchObject([{ path: ["note"], message: "too_long" }]);
  for (const asked of [{}, { reason: " " }]) expect(DenyPurchaseInput.safeParse(asked).error!.issues).toMatchObject([{ path: ["reason"], message: "reason_missing" }]);
});
