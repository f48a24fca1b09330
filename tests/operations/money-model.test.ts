import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { story, type Story } from "./money/acts.ts";
import { live, type Tally } from "./money/live.ts";

const { MONEY_OPERATIONS: operations, MONEY_SEED: seed } = env as unknown as { MONEY_OPERATIONS: number; MONEY_SEED: number };
const AT_A_TIME = 10;
/** Ten stories take seconds; once one of them fails, so long is looked for a shorter one that fails too. */
const LONGEST_SEARCH = 240_000;
const EVERYWHERE = [
  "requests approved", "requests denied", "requests expired", "requests cancelled", "payments succeeded", "payments failed", "payments refunded", "refunds succeeded",
  "holds over a limit, allowed", "charges given back", "approve: refused", "approve: broke off", "ask: broke off", "pay again: done", "work: broke off", "sweep: broke off",
];

test(`Q-9: after ${operations} acts in any order, many at once, with failures, no cent is lost, doubled or over a limit`, { timeout: operations * 200 }, async () => {
  const tally: Tally = new Map();
  const acts = () => [...tally].reduce((sum, [what, count]) => sum + (what.includes(": ") ? count : 0), 0);
  for (let round = 0; acts() < operations; round++) {
    await fc.assert(fc.asyncProperty(story, (told: Story) => live(told, tally)), { seed: seed + round, numRuns: AT_A_TIME, interruptAfterTimeLimit: LONGEST_SEARCH });
  }
  // Proof that the stories, if there are enough of them, went everywhere.
  console.info(JSON.stringify(Object.fromEntries([...tally].sort())));
  if (operations >= 3_000) for (const state of EVERYWHERE) expect(tally.get(state), state).toBeGreaterThan(0);
});
