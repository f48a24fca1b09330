import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./process.ts";

export type Tally = { passed: number; failed: number; skipped: number };

export const addUp = (tallies: Tally[]): Tally =>
  tallies.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }), { passed: 0, failed: 0, skipped: 0 });

type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; testResults: { status: string; assertionResults: unknown[] }[] };

/** Far more than the whole needs: a run that hangs ends and says so, before whoever waits for it gives up without a word. */
const LIMIT_MINUTES = 50;

/** Runs vitest and counts. A file that did not load, an error outside every test and a run without an end are failures too. */
export async function runVitest(args: string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "kinboard-test-"));
  const file = join(folder, "report.json");
  const limit = AbortSignal.timeout(LIMIT_MINUTES * 60_000);
  const ended = await run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...args], { signal: limit }).then(() => true, () => false);
  if (limit.aborted) console.log(`The tests did not end within ${LIMIT_MINUTES} minutes.`);
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : null;
  rmSync(folder, { recursive: true, force: true });
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter((result) => result.status === "failed" && result.assertionResults.length === 0).length;
  const failed = report.numFailedTests + unloaded;
  return { passed: report.numPassedTests, failed: ended ? failed : Math.max(failed, 1), skipped: report.numPendingTests + report.numTodoTests };
}
