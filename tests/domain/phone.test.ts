import fc from "fast-check";
import { expect, test } from "vitest";
import { normalisePhone } from "#app/domain/phone.ts";

test.each([
  ["0712345678", "+254712345678"], ["0112345678", "+254112345678"], ["712345678", "+254712345678"], ["112 345 678", "+254112345678"], ["254712345678", "+254712345678"], ["254112345678", "+254112345678"],
  ["+254 712-345-678", "+254712345678"], ["(0712) 345 678", "+254712345678"], ["00254712345678", "+254712345678"], ["+44 20 7946 0958", "+442079460958"], ["0044 7700 900123", "+447700900123"],
])("FAM-12: %s is kept as %s", (typed, kept) => {
  expect(normalisePhone(typed)).toBe(kept);
});

test.each(["", "07123", "0812345678", "+254812345678", "+2540712345678", "07123456789", "+0712345678", "+1234567", "+1234567890123456", "call 0712345678", "+712345678 ext 2", "0712345678; DROP"])("FAM-12: %j is no number", (typed) => {
  expect(normalisePhone(typed)).toBeNull();
});

test("FAM-12: what was kept is kept again as it is, and a Kenyan number is always the one that M-Pesa takes", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."0123456789+ -()"), maxLength: 18, size: "max" }), (typed) => {
    const kept = normalisePhone(typed);
    if (kept === null) return;
    expect(normalisePhone(kept)).toBe(kept);
    if (kept.startsWith("+254")) expect(kept).toMatch(/^\+254(7|1)\d{8}$/);
  }));
});
