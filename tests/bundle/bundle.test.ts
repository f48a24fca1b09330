import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { bundleWorker } from "#scripts/bundle.ts";
import { devVariables } from "#scripts/dev-env.ts";

const folder = mkdtempSync(join(tmpdir(), "kinboard-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const worker = readFileSync(await bundleWorker(folder), "utf8");
const filesUnder = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const served = filesUnder("build/client");

test("Q-7: the Worker is at most 350 KB gzipped", () => {
  const weight = gzipSync(worker, { level: 9 }).length;
  console.info(`Worker: ${(weight / 1024).toFixed(1)} KB gzip of 350`);
  expect(weight).toBeLessThan(350 * 1024);
});

test("Q-2: the enhancement script is at most 10 KB on a page and 20 KB for the site", () => {
  const weigh = (file: string) => brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const scripts = served.filter((file) => /^build\/client\/enhance\/.*\.js$/.test(file));
  const first = scripts.filter((file) => /\/main-[^/]+\.js$/.test(file));
  expect(first).toHaveLength(1);
  expect(weigh(first[0]!)).toBeLessThanOrEqual(10 * 1024);
  // chart.js comes only to a chart that somebody looks at.
  expect(scripts.filter((file) => !/chart/.test(file)).reduce((sum, file) => sum + weigh(file), 0)).toBeLessThanOrEqual(20 * 1024);
});

test("OPS-3: neither a development host nor a development secret is in the bundle or in a file served", () => {
  // Remix and Hono resolve paths against a bare http://localhost; a port makes it a server of ours.
  const server = /https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+/;
  const words = [...Object.values(devVariables({ app: 8787, vendors: 12111 })).filter((value) => value !== "development"), "kinboard-demo", "demo.kinboard.test", "JBSWY3DPEHPK3PXP"];
  for (const text of [worker, ...served.map((path) => readFileSync(path, "latin1"))]) {
    expect(server.exec(text)?.[0]).toBeUndefined();
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  }
});

test("OPS-3: no stand-in of a vendor and no test is in the bundle", () => {
  const { sources } = JSON.parse(readFileSync(join(folder, "index.js.map"), "utf8")) as { sources: string[] };
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((source) => /(^|\/)(tests|scripts)\/|db\/demo\//.test(source.replace(/.*node_modules\//, "npm:")))).toEqual([]);
});

test("OPS-3: no page for development is in the bundle", () => {
  expect(["dev/mailbox", "dev/vendors", "dev/pieces"].filter((page) => worker.includes(page))).toEqual([]);
  expect(worker).toContain("settings/security");
});

test("one copy of each library and of each file of ours", () => {
  const { sources } = JSON.parse(readFileSync(join(folder, "index.js.map"), "utf8")) as { sources: string[] };
  const ours = sources.map((source) => /(?:^|\/)((?:app|worker|db)\/.*)$/.exec(source.replace(/.*node_modules\/.*/, ""))?.[1]).filter((path) => path !== undefined);
  expect(ours.filter((path, at) => ours.indexOf(path) !== at)).toEqual([]);
});
