import { execFileSync } from "node:child_process";
import { statFields } from "./bench-world.ts";
import { median } from "./measure.ts";

const PAIRS = 5;
const TICK = 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** One side of a comparison: the workerd that does the work, and one request to it. */
type Side = { pid: number; request: (nth: number) => Promise<Response> };

/** How much more CPU of workerd one request of `a` takes than one of `b`: A B A B, the median of five ratios. */
export async function costRatio(a: Side, b: Side, requests: number): Promise<{ ratio: number; a: number; b: number }> {
  let nth = 0;
  const cost = async (side: Side, count = requests): Promise<number> => {
    const before = cpuOf(side.pid);
    let left = count;
    const next = async (): Promise<void> => {
      while (left-- > 0) {
        const answer = await side.request(nth++);
        const body = await answer.text();
        if (answer.status >= 400) throw new Error(`${answer.url} answered ${answer.status}: ${body.slice(0, 200)}`);
      }
    };
    await Promise.all(Array.from({ length: 4 }, next));
    return (cpuOf(side.pid) - before) / count;
  };
  for (const side of [a, b]) await cost(side, Math.ceil(requests / 2)); // warm
  const pairs: { a: number; b: number }[] = [];
  for (let pair = 0; pair < PAIRS; pair++) pairs.push({ a: await cost(a), b: await cost(b) });
  return { ratio: median(pairs.map((pair) => pair.a / pair.b)), a: median(pairs.map((pair) => pair.a)), b: median(pairs.map((pair) => pair.b)) };
}

/** Milliseconds of CPU that a process has used. */
function cpuOf(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
