import { rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { buildLibraries } from "./build-libraries.ts";
import { buildParts } from "./build-parts.ts";
import { stampFresh } from "./freshness.ts";
import { run } from "./process.ts";
import { buildStyles } from "./styles.ts";

/** Styles and enhancement script by esbuild, then the pages by Vite. What they wrote is in `build/`; wrangler bundles the Worker from there. */
export async function build(): Promise<void> {
  const enhanceUrl = await buildEnhancement();
  await run("remix", ["vite:build", "--logLevel", "error"], { env: { ...process.env, NODE_ENV: "production" } }); // empties build/ first
  writeFileSync("build/enhance.js", `export const ENHANCE_URL = ${JSON.stringify(enhanceUrl)};\n`);
  await buildStyles();
  await buildLibraries();
  const { writeOpenApi } = await import("./openapi.ts"); // the API may import what was built
  writeOpenApi();
}

async function buildEnhancement(): Promise<string> {
  rmSync("public/enhance", { recursive: true, force: true });
  const { metafile } = await bundle({
    entryPoints: ["app/enhance/main.ts"], bundle: true, splitting: true, format: "esm", minify: true, target: "es2022", outdir: "public/enhance", entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", metafile: true,
  });
  const main = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === "app/enhance/main.ts")![0];
  return main.replace(/^public/, "");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await build();
  await buildParts(); // for a plain `wrangler deploy`
  stampFresh();
}
