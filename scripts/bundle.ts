import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { minify } from "terser";
import { run } from "./process.ts";

/** The Worker in `dist/`, as it is deployed: what is weighed. Needs a fresh build. The bench asks for the development pages too. */
export async function bundleWorker(folder = "dist", { developmentPages = false } = {}): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  const env = { ...process.env, NODE_ENV: "production", WRANGLER_SEND_METRICS: "false" };
  if (!developmentPages) await run("remix", ["vite:build", "--logLevel", "error"], { env: { ...env, KINBOARD_PAGES: "deployed" } });
  const pages = developmentPages ? [] : ["--alias", "#build/server/index.js:./build/deployed/server/index.js"];
  await run("wrangler", ["deploy", "--dry-run", "--outdir", folder, ...pages], { quiet: true, env });
  // After esbuild's one pass: 11 KB gzip less of 367, for ten seconds (November 2026).
  const { code = "" } = await minify(readFileSync(`${folder}/index.js`, "utf8"), { module: true, ecma: 2020, compress: { passes: 2 } });
  writeFileSync(`${folder}/index.js`, code);
  return `${folder}/index.js`;
}
