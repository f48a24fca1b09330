import fc from "fast-check";
import { expect, test } from "vitest";
import { ledgerJournal } from "#app/domain/payments/ledger-journal.ts";
import { LARGEST_AMOUNT } from "#app/domain/money.ts";

const entry = { id: "entry_1", at: Date.parse("2026-11-24T21:30:00Z"), kind: "refund_of_payment", debit: "provider:stripe", credit: "student:user_1", amount: 150_005, unit: "KES" };

test("Q-11: an entry is a transaction of two postings that an independent program can read", () => {
  expect(ledgerJournal([entry, { ...entry, id: "entry_2", kind: "hours", amount: 90, unit: "minutes" }])).toBe(`2026-11-24 * (entry_1) refund of payment
    provider:stripe  1500.05 KES
    student:user_1  -1500.05 KES

2026-11-24 * (entry_2) hours
    provider:stripe  90 minutes
    student:user_1  -90 minutes
`);
});

test("Q-11: no amount loses a cent on the way, in currencies of none, two and three decimals", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: LARGEST_AMOUNT }), fc.constantFrom(["KES", 2], ["JPY", 0], ["KWD", 3], ["minutes", 0]), (amount, [unit, places]) => {
    const written = /stripe {2}(\d+)(?:\.(\d+))? /.exec(ledgerJournal([{ ...entry, amount, unit: unit as string }]));
    expect(Number(written![1]! + (written![2] ?? ""))).toBe(amount);
    expect(written![2]?.length ?? 0).toBe(places);
  }));
});
