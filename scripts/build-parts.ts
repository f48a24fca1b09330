import { cpSync, writeFileSync } from "node:fs";
import routes, { partOf } from "#app/routes.ts";
import { run } from "./process.ts";

/** Parts with pages that the front passes requests on to. */
const BESIDE_THE_FRONT = ["account", "school"] as const;

/** The pages of each part of what is deployed, and whose they are. The bench asks for the development pages too. Needs a fresh build. */
export async function buildParts({ developmentPages = false } = {}): Promise<void> {
  await Promise.all([buildPages("family", developmentPages ? ["development"] : []), ...BESIDE_THE_FRONT.map((part) => buildPages(part))]);
  writeFileSync("build/parts/paths.js", BESIDE_THE_FRONT.map((part) => `export const ${part.toUpperCase()}_PATHS = ${pathsOf(part)};\n`).join(""));
}

/** As Remix takes an address: in any case, with a slash at its end or none, or for the data alone. */
function pathsOf(part: (typeof BESIDE_THE_FRONT)[number]): RegExp {
  const paths = routes.filter((page) => partOf(page) === part).map(({ path = "" }) => path.replace(/:\w+/g, "[^/]+"));
  return new RegExp(`^/(?:${paths.join("|")})(?:\\.data)?/?$`, "i");
}

async function buildPages(part: string, more: string[] = []): Promise<void> {
  await run("remix", ["vite:build", "--logLevel", "error"], { env: { ...process.env, NODE_ENV: "production", KINBOARD_PARTS: [part, ...more].join(",") } });
  // The front serves the files of all.
  cpSync(`build/parts/${part}/client/assets`, "build/client/assets", { recursive: true });
}
