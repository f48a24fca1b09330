import { rmSync } from "node:fs";
import { run } from "./process.ts";

/** The Worker as it would be deployed, in `dist/`: what is weighed and what is benchmarked. Needs a fresh build. */
export async function bundleWorker(folder = "dist"): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  await run("wrangler", ["deploy", "--dry-run", "--outdir", folder], { quiet: true, env: { ...process.env, WRANGLER_SEND_METRICS: "false" } });
  return `${folder}/index.js`;
}
