import fc from "fast-check";
import { expect, test } from "vitest";
import { LARGEST_AMOUNT, MoneyInput, parseAmount, typedAmount } from "#app/domain/money.ts";

test("BUD-1: what people type is read as minor units, exactly", () => {
  const read = (text: string, currency = "KES") => parseAmount(text, currency);
  expect([read("1200"), read("1,200"), read("1 200.50"), read("1.200,5"), read("0.05"), read("1,5")]).toEqual([120_000, 120_000, 120_050, 120_050, 5, 150]);
  expect([read("500", "JPY"), read("1.5", "JPY"), read("1.234", "KES"), read("1.234", "TND"), read("0.500")]).toEqual([500, "amount_too_fine", 123_400, 1234, 50]);
  expect([read("-5"), read("ten"), read(""), read("1e3"), read("99999999999999999999"), read("1.2.3"), read("0x10")]).toEqual(["amount_negative", "amount_not_a_number", "amount_missing", "amount_not_a_number", "amount_too_large", "amount_not_a_number", "amount_not_a_number"]);
});

test("BUD-1: an amount typed back is the same amount", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: LARGEST_AMOUNT }), fc.constantFrom("KES", "JPY", "EUR", "TND"), (amount, currency) => {
    expect(parseAmount(typedAmount({ amount, currency }), currency)).toBe(amount);
  }));
});

test("BUD-1: money on the API is a whole number of minor units of a known currency", () => {
  for (const money of [{ amount: 1.5, currency: "KES" }, { amount: -1, currency: "KES" }, { amount: LARGEST_AMOUNT + 1, currency: "KES" }, { amount: 1, currency: "XXXX" }, { amount: 1, currency: "ZZZ" }, { amount: "1", currency: "KES" }]) {
    expect(MoneyInput.safeParse(money).success, JSON.stringify(money)).toBe(false);
  }
  expect(MoneyInput.safeParse({ amount: 0, currency: "KES" }).success).toBe(true);
});

test("BUD-1: an amount is typed with its sign, and of a currency that nobody knows with two places", () => {
  expect([typedAmount({ amount: -150_050, currency: "KES" }), typedAmount({ amount: -5, currency: "KES" }), typedAmount({ amount: -500, currency: "JPY" })]).toEqual(["-1500.50", "-0.05", "-500"]);
  expect([typedAmount({ amount: 1234, currency: "XXXX" }), parseAmount("12.34", "XXXX"), parseAmount("12.345", "XXXX")]).toEqual(["12.34", 1234, 1_234_500]);
});
