import fc from "fast-check";

/** One thing that happens to rooms; `member` counts through all rooms. */
export type Step =
  | { act: "say"; member: number; times: number }
  /** Sends once more what was acknowledged long ago. */
  | { act: "again"; member: number }
  /** The line is cut, and taken up again after so long. */
  | { act: "cut"; member: number; away: number }
  | Break;

/** Evicted: the object dies in the midst of its work and its memory is gone. Killed: the whole process is. */
type Break = { act: "evict"; what: "room" | "inbox"; member: number } | { act: "kill" };

type Size = { messages: number; breaks: number; members: number; /** Messages between two breaks, at most. */ stretch: number };

/** What happens, drawn from the seed: stretches of talk, each ended by a break, until there are enough of both. */
export function drawSchedule(seed: number, { messages, breaks, members, stretch }: Size): Step[] {
  const member = fc.nat(members - 1);
  const talk = fc.oneof(
    { weight: 20, arbitrary: fc.record({ act: fc.constant("say" as const), member, times: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("again" as const), member }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("cut" as const), member, away: fc.integer({ min: 0, max: 400 }) }) },
  );
  const end: fc.Arbitrary<Break> = fc.oneof(
    fc.record({ act: fc.constant("evict" as const), what: fc.constantFrom("room" as const, "inbox" as const), member }),
    fc.record({ act: fc.constant("kill" as const) }),
  );
  const steps: Step[] = [];
  for (const [said, broken] of fc.sample(fc.tuple(fc.array(talk, { minLength: Math.ceil(stretch / 6), maxLength: Math.ceil(stretch / 3), size: "max" }), end), { seed, numRuns: 1000 })) {
    if (messagesIn(steps) >= messages && breaksIn(steps) >= breaks) break;
    steps.push(...said, broken);
  }
  return steps;
}

export const messagesIn = (steps: Step[]) => steps.reduce((sum, step) => sum + (step.act === "say" ? step.times : 0), 0);
export const breaksIn = (steps: Step[]) => steps.filter(({ act }) => act === "kill" || act === "evict").length;
export const killsIn = (steps: Step[]) => steps.filter(({ act }) => act === "kill").length;
