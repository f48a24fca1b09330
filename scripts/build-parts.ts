import { cpSync, writeFileSync } from "node:fs";
import routes, { partOf } from "#app/routes.ts";
import { run } from "./process.ts";

/** The pages of each part of what is deployed, and whose they are. The bench asks for the development pages too. Needs a fresh build. */
export async function buildParts({ developmentPages = false } = {}): Promise<void> {
  await Promise.all([buildPages("family", developmentPages ? ["development"] : []), buildPages("school")]);
  const paths = routes.filter((page) => partOf(page) === "school").map(({ path = "" }) => path.replace(/:\w+/g, "[^/]+"));
  // As Remix takes an address: in any case, with a slash at its end or none, or for the data alone.
  const school = new RegExp(`^/(?:${paths.join("|")})(?:\\.data)?/?$`, "i");
  writeFileSync("build/parts/paths.js", `export const SCHOOL_PATHS = ${school};\n`);
}

async function buildPages(part: string, more: string[] = []): Promise<void> {
  await run("remix", ["vite:build", "--logLevel", "error"], { env: { ...process.env, NODE_ENV: "production", KINBOARD_PARTS: [part, ...more].join(",") } });
  // The front serves the files of all.
  cpSync(`build/parts/${part}/client/assets`, "build/client/assets", { recursive: true });
}
