import { build } from "./build.ts";
import { ensureChromium } from "./chromium.ts";
import { isFresh, stampFresh } from "./freshness.ts";
import { run } from "./process.ts";
import { addUp, runVitest, type Tally } from "./vitest-run.ts";

/** Everything that has to hold. The last line says in numbers whether it does. Arguments go to vitest: `npm test -- tests/operations`. */
const chromium = await ensureChromium().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
process.env.CHROMIUM_PATH = chromium;

if (!isFresh()) {
  console.log("Building …");
  await build();
  stampFresh();
}

const checks = await Promise.all([step("Types", "tsc", ["--noEmit"]), step("Lint", "eslint", ["--max-warnings=0", "."])]);
const tallies: Tally[] = [...checks, await runVitest(process.argv.slice(2))];
const { passed, failed, skipped } = addUp(tallies);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);

async function step(title: string, command: string, args: string[]): Promise<Tally> {
  console.log(`${title} …`);
  const good = await run(command, args).then(() => true, () => false);
  if (!good) console.log(`${title}: FAILED, as printed above`);
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}
