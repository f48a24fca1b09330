import fc from "fast-check";
import type { Scenario } from "#tests/vendors/stripe/world.ts";

/** Something goes wrong outside: the nth call to D1 or the provider that an act makes fails, before it did anything or after it did all. */
export type Trouble = { call: number; strikes: "before" | "after"; isolateDies: boolean };

/** What people, vendors and machines do to a family's money, as data: a counterexample names them. `which` picks from what is there by then. */
export type Act =
  | { act: "ask"; by: number; plan: number; key: number | null }
  | { act: "approve"; by: number; which: number; allowOverLimit: boolean; key: number | null }
  | { act: "deny"; by: number; which: number }
  | { act: "cancel"; by: number; which: number }
  | { act: "renew"; by: number; which: number }
  | { act: "set limits"; by: number; week: number | null; month: number | null; auto: number; threshold: number | null; rollover: "none" | "unspent" | "unspent_and_overspent" }
  | { act: "set policy"; by: number; policy: "any" | "primary" | "all" }
  | { act: "pay again"; by: number; which: number; with: "card" | "checkout"; allowOverLimit: boolean }
  | { act: "pay at checkout"; which: number; card: string; refuse: boolean }
  | { act: "come back from checkout"; which: number }
  | { act: "refund"; which: number; part: number; key: number | null }
  | { act: "hear webhook"; which: number; how: "once" | "thrice" | "forged" | "stale" }
  | { act: "settle at the bank"; which: number; outcome: "succeed" | "fail" }
  | { act: "sweep"; what: "approvals" | "payments" | "periods" }
  | { act: "work"; jobs: number };

/** Acts of one group happen at once. Between groups time passes, and the bank changes its mood. */
export type Step = { together: (Act & { trouble: Trouble | null })[]; bank: Scenario["payment"] | null; hoursLater: number };

export const PRICES = [700, 1_000, 2_500, 6_000];
const GUARDIANS = 4;

/** Records that print without their prototype. */
const PLAIN = { noNullPrototype: true } as const;

const who = fc.nat(GUARDIANS - 1);
const which = fc.nat(11);
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });
const key = fc.option(fc.nat(2), { freq: 2 });
const limit = (...amounts: number[]) => sometimes(fc.constantFrom(...amounts));
const act = <A extends Act["act"]>(name: A, fields: { [K in keyof Omit<Extract<Act, { act: A }>, "act">]: fc.Arbitrary<Extract<Act, { act: A }>[K]> }) =>
  fc.record({ act: fc.constant(name), ...fields } as never, PLAIN as never) as unknown as fc.Arbitrary<Act>;

const acts: [number, fc.Arbitrary<Act>][] = [
  [10, act("ask", { by: fc.nat(GUARDIANS), plan: fc.nat(PRICES.length - 1), key })],
  [10, act("approve", { by: who, which, allowOverLimit: fc.boolean(), key })],
  [2, act("deny", { by: who, which })],
  [1, act("cancel", { by: fc.nat(GUARDIANS), which })],
  [1, act("renew", { by: fc.nat(GUARDIANS), which })],
  [3, fc.tuple(who, limit(0, 7_000, 20_000, 60_000, 60_000), limit(20_000, 100_000, 100_000), fc.constantFrom(0, 700, 1_000, 2_500), sometimes(fc.constantFrom(2_500, 6_000)), fc.constantFrom("none", "unspent", "unspent_and_overspent"))
    .map(([by, week, month, auto, threshold, rollover]) => ({ act: "set limits", by, week, month, auto, threshold, rollover }))],
  [1, act("set policy", { by: who, policy: fc.constantFrom("any", "primary", "all") })],
  [4, act("pay again", { by: who, which, with: fc.constantFrom("card", "checkout"), allowOverLimit: fc.boolean() })],
  [3, act("pay at checkout", { which, card: fc.constantFrom("4242424242424242", "4000000000000341", "4000002760003184"), refuse: fc.boolean() })],
  [1, act("come back from checkout", { which })],
  [3, act("refund", { which, part: fc.constantFrom(1, 0.5, 0.3), key })],
  [8, act("hear webhook", { which: fc.nat(40), how: fc.constantFrom("once", "once", "thrice", "forged", "stale") })],
  [2, act("settle at the bank", { which, outcome: fc.constantFrom("succeed", "fail") })],
  [4, act("sweep", { what: fc.constantFrom("approvals", "payments", "payments", "periods") })],
  [8, act("work", { jobs: fc.integer({ min: 1, max: 6 }) })],
];

/** Most acts go well. */
const trouble: fc.Arbitrary<Trouble | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.record({ call: fc.integer({ min: 1, max: 8 }), strikes: fc.constantFrom("before", "after"), isolateDies: fc.boolean() }, PLAIN) },
);
const troubled = (calm: fc.Arbitrary<Act>) => fc.tuple(calm, trouble).map(([done, went]) => ({ ...done, trouble: went }));

const anything = fc.array(troubled(fc.oneof(...acts.map(([weight, arbitrary]) => ({ weight, arbitrary })))), { minLength: 1, maxLength: 6 });
const rushed: typeof acts = [
  [6, act("approve", { by: who, which, allowOverLimit: fc.boolean(), key })],
  [1, act("deny", { by: who, which })],
  [1, act("cancel", { by: fc.constant(GUARDIANS), which })],
  [3, act("pay again", { by: who, which, with: fc.constantFrom("card", "checkout"), allowOverLimit: fc.boolean() })],
  [2, who.map((by) => ({ act: "set limits", by, week: 0, month: null, auto: 0, threshold: null, rollover: "none" }))],
];
/** All about one request at the same instant, while somebody closes the purse. */
const rush = fc.tuple(which, fc.array(troubled(fc.oneof(...rushed.map(([weight, arbitrary]) => ({ weight, arbitrary })))), { minLength: 2, maxLength: 6 }))
  .map(([same, group]) => group.map((one) => ("which" in one ? { ...one, which: same } : one)));

const step: fc.Arbitrary<Step> = fc.record({
  together: fc.oneof({ weight: 4, arbitrary: anything }, { weight: 1, arbitrary: rush }),
  bank: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom("as_card", "as_card", "as_card", "as_card", "decline", "authentication", "processing") }) as fc.Arbitrary<Step["bank"]>,
  hoursLater: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.constantFrom(0.05, 0.5, 5) }, { weight: 1, arbitrary: fc.constantFrom(24, 40, 80, 200) }),
}, PLAIN);

/** A family's story: who has a saved card, and what happens. */
export const story = fc.record({ cards: fc.subarray([0, 1, 2, 3]), steps: fc.array(step, { minLength: 1, maxLength: 120, size: "max" }) }, PLAIN);
export type Story = { cards: number[]; steps: Step[] };
