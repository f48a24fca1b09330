import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { openBenchWorld } from "./bench-world.ts";
import { atMost, bytes, type Measure } from "./measure.ts";
import { open, pagesOf } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

const KB = 1024;
const CLIENT = "build/client";

export const scripts: Measure = {
  id: "q-2",
  title: "Scripts, in bytes",
  how: "Brotli 11. What a page's HTML names, with all that those files import for certain; then all that they may load besides (a line to the server, passkeys, push), but for a chart looked at, which is told apart.",
  async run() {
    const world = await openBenchWorld(await workerBundle(), { environment: "development" });
    try {
      const loaded = [];
      for (const page of await pagesOf(world, "development")) {
        const [plain, lite] = [await (await open(world, page)).text(), await (await open(world, page, { "Save-Data": "on" })).text()];
        loaded.push({ pattern: page.pattern, hydrates: plain.includes("__remixContext"), size: weigh(scriptsOf(plain)), lite: weigh(scriptsOf(lite)), inline: inlineOf(plain) });
      }
      const heaviest = loaded.filter((page) => !page.hydrates).sort((a, b) => b.size - a.size)[0]!;
      const enhancing = readdirSync(join(CLIENT, "enhance")).map((name) => `/enhance/${name}`);
      const [charts, others] = [enhancing.filter((path) => path.includes("chart")), enhancing.filter((path) => !path.includes("chart"))];
      return [
        atMost("enhancement script that every page names", heaviest.size, 10 * KB, bytes),
        atMost("the same with all that a page may load besides", weigh(others), 10 * KB, bytes),
        { what: "a chart looked at brings besides", target: "told", figure: bytes(weigh(charts)), good: true },
        ...loaded.filter((page) => page.hydrates).map((page) => atMost(`hydrated page ${page.pattern}, its data included`, page.size + page.inline, 110 * KB, bytes)),
        atMost("lite mode, on the page that loads most", Math.max(...loaded.map((page) => page.lite)), 0, bytes),
      ];
    } finally {
      await world.close();
    }
  },
};

/** Files that the page names in script tags, preloads and Remix's inline module. */
function scriptsOf(html: string): string[] {
  const named = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"|<link\b[^>]*rel="modulepreload"[^>]*href="([^"]+)"/g)].map((match) => match[1] ?? match[2]!);
  const inline = [...html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].flatMap((match) => [...match[1]!.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map((found) => found[1]!));
  return closure([...named, ...inline]);
}

const inlineOf = (html: string) => compressed([...html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join("\n"));

/** The files and all that they import for certain. */
function closure(paths: string[], seen = new Set<string>()): string[] {
  for (const path of paths.filter((found) => !seen.has(found))) {
    seen.add(path);
    const folder = path.replace(/[^/]+$/, "");
    closure([...read(path).matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g)].map((match) => folder + match[1]), seen);
  }
  return [...seen];
}

const read = (path: string) => readFileSync(join(CLIENT, path), "utf8");
const weigh = (paths: string[]) => [...new Set(paths)].reduce((sum, path) => sum + compressed(read(path)), 0);
const compressed = (text: string) => (text === "" ? 0 : brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
