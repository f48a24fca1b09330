import { cpSync, writeFileSync } from "node:fs";
import routes, { partOf } from "#app/routes.ts";
import { run } from "./process.ts";

/** Parts with pages that the front passes requests on to. */
const BESIDE_THE_FRONT = ["account", "school"] as const;

/** The pages of each part of what is deployed, and whose they are. The bench asks for the development pages too. Needs a fresh build. */
export async function buildParts({ developmentPages = false } = {}): Promise<void> {
  await Promise.all([buildPages("family", developmentPages ? ["development"] : []), ...BESIDE_THE_FRONT.map((part) => buildPages(part))]);
  const paths = [...BESIDE_THE_FRONT.map((part) => [part.toUpperCase(), pathsOf(part)] as const), ["SCHOOL_API", await schoolApiPaths()] as const];
  writeFileSync("build/parts/paths.js", paths.map(([name, expression]) => `export const ${name}_PATHS = ${expression};\n`).join(""));
}

/** The API has two parts, each with whole addresses. */
async function schoolApiPaths(): Promise<RegExp> {
  const { ofSchools } = await import("#worker/api/of-schools.ts"); // it may import what was built
  return new RegExp(`^/api/v1(?:${[...new Set(ofSchools.map(({ path }) => path.replace(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")))].join("|")})$`);
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
