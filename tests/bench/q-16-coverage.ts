import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { run } from "#scripts/process.ts";
import { atLeast, percent, type Measure } from "./measure.ts";
import { buildStale } from "./worker-bundle.ts";

const FOLDER = ".cache/bench/coverage";
const BRANCHES_OF_DOMAIN = 95;
const LINES_OF_WHOLE = 85;

type Counts = { total: number; covered: number };
type Summary = Record<string, { lines: Counts; branches: Counts }>;

export const coverage: Measure = {
  id: "q-16",
  title: "Coverage",
  how: "Istanbul over the tests in Node and in workerd. Of files that run as they stand: pages and components run as they are built, and are left to the browser's journeys; so is what browsers run.",
  async run() {
    await buildStale();
    const included = ["app/**/*.ts", "db/**/*.ts", "worker/**/*.ts"].map((files) => `--coverage.include=${files}`);
    const excluded = ["app/enhance/**", "app/i18n/**", "db/demo/**", "**/*.d.ts"].map((files) => `--coverage.exclude=${files}`);
    await run("vitest", ["run", "--project", "rules", "--project", "workerd", "--coverage", "--coverage.provider=istanbul", "--coverage.reporter=json-summary", `--coverage.reportsDirectory=${FOLDER}`, ...included, ...excluded], { quiet: true, env: { ...process.env, MONEY_OPERATIONS: "1000" } });
    const { total: _total, ...files } = JSON.parse(readFileSync(`${FOLDER}/coverage-summary.json`, "utf8")) as Summary;
    const ours = Object.entries(files).map(([file, counts]) => ({ file: relative(process.cwd(), file), ...counts }));
    return [
      atLeast("branches of app/domain", shareOf(ours.filter(({ file }) => file.startsWith("app/domain/")).map(({ branches }) => branches)), BRANCHES_OF_DOMAIN, percent),
      atLeast("lines of the whole", shareOf(ours.map(({ lines }) => lines)), LINES_OF_WHOLE, percent),
    ];
  },
};

const shareOf = (counts: Counts[]) => (100 * counts.reduce((sum, { covered }) => sum + covered, 0)) / counts.reduce((sum, { total }) => sum + total, 0);
