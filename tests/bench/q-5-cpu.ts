import { openBenchWorld } from "./bench-world.ts";
import { costRatio } from "./cpu.ts";
import { atMost, ratio, type Figure, type Measure } from "./measure.ts";
import { open, pageOf } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

const REQUESTS = 200;
const DAILY = 1.2;
const OTHER = 1.5;

export const pageCost: Measure = {
  id: "q-5",
  title: "CPU of a page against a bare one",
  how: "CPU of workerd for the page, divided by that of a bare Hono route in the same workerd that asks the page's statements in one batch and puts their rows in a template string; A B A B, median of five.",
  async run(args) {
    const world = await openBenchWorld(await workerBundle());
    try {
      const figures: Figure[] = [];
      for (const pattern of args.length ? args : ["/home", "/approvals", "/approvals/:requestId", "/children/:childId/budget", "/shop"]) {
        const page = await pageOf(world, pattern);
        const at = encodeURIComponent(page.path);
        const recorded = await open(world, { ...page, path: `/bench/record?path=${at}` });
        if (!recorded.ok) throw new Error(await recorded.text());
        const cost = await costRatio({ pid: world.pid, request: () => open(world, page) }, { pid: world.pid, request: () => fetch(`${world.url}/bench/floor?path=${at}`) }, REQUESTS);
        figures.push(atMost(`${pattern} (${cost.a.toFixed(2)} ms against ${cost.b.toFixed(2)} ms here)`, cost.ratio, page.daily ? DAILY : OTHER, ratio));
      }
      return figures;
    } finally {
      await world.close();
    }
  },
};
