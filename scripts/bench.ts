import type { Measure } from "#tests/bench/measure.ts";
import { firstResponse } from "#tests/bench/q-1-bytes.ts";
import { scripts } from "#tests/bench/q-2-scripts.ts";
import { slowLine } from "#tests/bench/q-3-slow-line.ts";
import { pageCost } from "#tests/bench/q-5-cpu.ts";
import { moreRoutes } from "#tests/bench/q-5-routes.ts";
import { roundTrips } from "#tests/bench/q-6-round-trips.ts";
import { worker } from "#tests/bench/q-7-worker.ts";
import { rooms } from "#tests/bench/q-8-rooms.ts";
import { moneyModel } from "#tests/bench/q-9-money.ts";
import { coverage } from "#tests/bench/q-16-coverage.ts";
import { approval } from "#tests/bench/q-12-approval.ts";
import { keep } from "./bench/keep.ts";

/** All measures of docs/benchmarks.md, or those named: `npm run bench -- q-5`. What follows a name goes to the measure: `npm run bench -- q-9 1000000`. */
const measures: Measure[] = [firstResponse, scripts, slowLine, pageCost, moreRoutes, roundTrips, worker, rooms, moneyModel, approval, coverage];

const [name, ...args] = process.argv.slice(2);
const chosen = name ? measures.filter((measure) => measure.id === name) : measures;
if (chosen.length === 0) {
  console.error(`There is no ${name}. There are: ${measures.map((measure) => measure.id).join(", ")}`);
  process.exit(1);
}

let [missed, broken] = [0, 0];
for (const measure of chosen) {
  console.log(`\n${measure.id.toUpperCase()} ${measure.title}`);
  try {
    const figures = await measure.run(args);
    for (const { what, target, figure, good } of figures) console.log(`  ${good ? "holds " : "MISSES"}  ${what.padEnd(64)} ${figure.padStart(12)}   target ${target}`);
    missed += figures.filter((figure) => !figure.good).length;
    if (args.length === 0) keep(measure, figures);
  } catch (error) {
    broken++;
    console.error(error);
  }
}
console.log(`\n${missed === 0 ? "Every figure meets its target." : `${missed} figures miss their target.`}${broken ? ` ${broken} measures could not be taken.` : ""}`);
process.exit(broken ? 1 : 0);
