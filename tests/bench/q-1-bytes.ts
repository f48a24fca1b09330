import { brotliCompressSync, constants } from "node:zlib";
import { openBenchWorld } from "./bench-world.ts";
import { atMost, bytes, type Measure } from "./measure.ts";
import { open, pagesOf } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

/** Ten segments of 1,460 bytes: what a server may send before it hears from the browser. */
const FIRST_FLIGHT = 14_600;
const DAILY = 7_000;

export const firstResponse: Measure = {
  id: "q-1",
  title: "First response, in bytes",
  how: "The Worker as deployed (production's headers), demo data, the person who uses the page: status line, headers and body at brotli 5.",
  async run() {
    const world = await openBenchWorld(await workerBundle());
    try {
      const figures = [];
      for (const page of await pagesOf(world)) {
        const answer = await open(world, page);
        if (answer.status !== page.status) throw new Error(`${page.path} answered ${answer.status}`);
        const size = headOf(answer) + brotli(await answer.text());
        figures.push({ size, figure: atMost(page.pattern + (page.daily ? " (daily)" : ""), size, page.daily ? DAILY : FIRST_FLIGHT, bytes) });
      }
      return figures.sort((a, b) => b.size - a.size).map(({ figure }) => figure);
    } finally {
      await world.close();
    }
  },
};

/** The status line and headers as sent in HTTP/1.1, with the encoding that the edge adds. */
function headOf(answer: Response): number {
  const lines = [`HTTP/1.1 ${answer.status} ${answer.statusText}`, "content-encoding: br", ...[...answer.headers].map(([name, value]) => `${name}: ${value}`)];
  return Buffer.byteLength(`${lines.join("\r\n")}\r\n\r\n`);
}

const brotli = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
