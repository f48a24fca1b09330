import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { bundleParts } from "#scripts/bundle.ts";
import { openBenchWorld } from "./bench-world.ts";
import { atMost, bytes, type Measure } from "./measure.ts";
import { open, pagesOf } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

export const worker: Measure = {
  id: "q-7",
  title: "The Workers",
  how: "Gzip 9 of each part without its source map; statements and their parameters as each page asks them of D1.",
  async run() {
    const world = await openBenchWorld(await workerBundle());
    try {
      let [queries, parameters] = [0, 0];
      for (const page of (await pagesOf(world)).filter((found) => found.status === 200)) {
        const answer = await open(world, { ...page, path: `/bench/record?path=${encodeURIComponent(page.path)}` });
        if (!answer.ok) throw new Error(await answer.text());
        const asked = (await answer.json()) as { values: unknown[] }[];
        queries = Math.max(queries, asked.length);
        parameters = Math.max(parameters, ...asked.map(({ values }) => values.length));
      }
      return [
        ...Object.entries(await bundleParts(".cache/bench/deployed")).map(([part, file]) => atMost(`gzip of ${part}`, gzipSync(readFileSync(file), { level: 9 }).length, 350 * 1024, bytes)),
        atMost("most statements for a page", queries, 49),
        atMost("most parameters of a statement", parameters, 100),
      ];
    } finally {
      await world.close();
    }
  },
};
