import { chromium, type Browser } from "playwright-core";
import { ensureChromium } from "#scripts/chromium.ts";
import { openBenchWorld } from "./bench-world.ts";
import { openEdge } from "./edge.ts";
import { atMost, median, ratio, type Measure } from "./measure.ts";
import { pagesOf, type Page } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

const BITS_PER_SECOND = 400_000;
const LATENCY = 400;
const CPU_SLOWED = 4;
const LOADS = 3;
const TARGET = 1.25;

export const slowLine: Measure = {
  id: "q-3",
  title: "Loading on a slow line",
  how: "Chromium through DevTools at 400 kbit/s, 400 ms, CPU slowed four times, cold cache: until the load event, divided by round trips in sequence plus bytes / bandwidth; the median of three where the first is over.",
  async run() {
    const world = await openBenchWorld(await workerBundle(), { assets: true });
    const edge = await openEdge(world.url);
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
    try {
      const figures = [];
      for (const page of await pagesOf(world)) {
        const loads = [await load(browser, edge.url, page)];
        while (loads[0]! > TARGET && loads.length < LOADS) loads.push(await load(browser, edge.url, page));
        figures.push({ value: median(loads), figure: atMost(page.pattern, median(loads), TARGET, ratio) });
      }
      return figures.sort((a, b) => b.value - a.value).map(({ figure }) => figure);
    } finally {
      await browser.close();
      await edge.close();
      await world.close();
    }
  },
};

/** One load in a browser that knows nothing yet, in multiples of the least it could take. */
async function load(browser: Browser, origin: string, page: Page): Promise<number> {
  const context = await browser.newContext();
  try {
    const [name, value] = page.cookie.split("=");
    if (name && value) await context.addCookies([{ name, value, url: origin }]);
    const tab = await context.newPage();
    const devtools = await context.newCDPSession(tab);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: LATENCY, downloadThroughput: BITS_PER_SECOND / 8, uploadThroughput: BITS_PER_SECOND / 8 });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWED });
    await tab.goto(origin + page.path, { waitUntil: "load" });
    const { took, trips, bytes } = await tab.evaluate(() => {
      const document = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming;
      const files = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter((file) => file.responseEnd <= document.loadEventStart);
      // No page waits for more than one file after its document, so what it waits for comes in sequence.
      return { took: document.loadEventStart, trips: 1 + document.redirectCount + files.length, bytes: [document, ...files].reduce((sum, file) => sum + file.transferSize, 0) };
    });
    return took / (trips * LATENCY + (bytes * 8 * 1000) / BITS_PER_SECOND);
  } finally {
    await context.close();
  }
}
