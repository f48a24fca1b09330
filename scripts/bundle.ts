import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { minify } from "terser";
import { run } from "./process.ts";

/** The Worker as it is deployed, in `dist/`: what is weighed and what is benchmarked. Needs a fresh build. */
export async function bundleWorker(folder = "dist"): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  await run("wrangler", ["deploy", "--dry-run", "--outdir", folder], { quiet: true, env: { ...process.env, WRANGLER_SEND_METRICS: "false" } });
  // After esbuild's one pass: 11 KB gzip less of 367, for ten seconds (November 2026).
  const { code = "" } = await minify(readFileSync(`${folder}/index.js`, "utf8"), { module: true, ecma: 2020, compress: { passes: 2 } });
  writeFileSync(`${folder}/index.js`, code);
  return `${folder}/index.js`;
}
