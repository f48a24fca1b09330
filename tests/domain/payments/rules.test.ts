import fc from "fast-check";
import { expect, test } from "vitest";
import { consequenceOf, minutesToReturn, nextCheck, type Standing } from "#app/domain/payments/rules.ts";
import { MINUTE } from "#app/domain/clock.ts";

const charge = fc.record({
  intentRef: fc.constantFrom("pi_1", "pi_2", null), status: fc.constantFrom("succeeded" as const, "pending" as const, "failed" as const, "needs_cardholder" as const),
  amount: fc.record({ amount: fc.constantFrom(100, 101), currency: fc.constantFrom("KES", "USD") }), paymentId: fc.constant("pay_1"), failureCode: fc.constant(null),
});
const standing: fc.Arbitrary<Standing> = fc.record({
  status: fc.constantFrom("pending", "processing", "succeeded", "failed", "refunded"), amount: fc.constant(100), currency: fc.constant("KES"),
  intentRef: fc.constantFrom("pi_1", "pi_2", null), checkoutRef: fc.constantFrom("cs_1", null), checkoutAttempt: fc.constantFrom(0, 1),
});

test("PAY-1: success is sticky, a closed payment never changes, and only our own amount is captured", () => {
  fc.assert(fc.property(standing, charge, (payment, told) => {
    const what = consequenceOf(payment, told);
    const open = payment.status === "pending" || payment.status === "processing";
    if (!open) expect(["return", "nothing"]).toContain(what);
    if (what === "capture") expect([told.status, told.amount]).toEqual(["succeeded", { amount: 100, currency: "KES" }]);
    if (what === "fail" || what === "ask_cardholder") expect(payment.checkoutRef).toBeNull();
    if (told.status === "succeeded" && open) expect(["capture", "review"]).toContain(what);
  }));
});

test("PAY-10: the parts of a refund return the lesson time exactly once", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.array(fc.integer({ min: 1, max: 90_000_000 }), { minLength: 1, maxLength: 8 }), (minutes, parts) => {
    const paid = parts.reduce((sum, part) => sum + part, 0);
    let before = 0;
    let returned = 0;
    for (const part of parts) {
      const back = minutesToReturn(minutes, paid, before, part);
      expect(back).toBeGreaterThanOrEqual(0);
      returned += back;
      before += part;
    }
    expect(returned).toBe(minutes);
  }));
  expect(minutesToReturn(null, 100, 0, 100)).toBe(0);
});

test("PAY-1: the provider is asked soon at first, then ever more rarely, and never less than four times a day", () => {
  expect(nextCheck(0, 0)).toBe(1.5 * MINUTE);
  expect(nextCheck(0, 60 * MINUTE)).toBe(90 * MINUTE);
  expect(nextCheck(0, 100 * 24 * 60 * MINUTE) - 100 * 24 * 60 * MINUTE).toBe(6 * 60 * MINUTE);
});
