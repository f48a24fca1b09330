import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleIn, type Bundle } from "#scripts/bundle.ts";
import { run } from "#scripts/process.ts";
import { openBenchWorld } from "./bench-world.ts";
import { costRatio } from "./cpu.ts";
import { atMost, type Measure } from "./measure.ts";
import { open, pageOf } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

const MORE = 100;
const REQUESTS = 300;

export const moreRoutes: Measure = {
  id: "q-5-routes",
  title: `CPU of a page after ${MORE} more routes`,
  how: `The same sources built with ${MORE} more leaf routes, in a workerd beside the one as it is; A B A B, median of five.`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "kinboard-routes-"));
    const usual = await openBenchWorld(await workerBundle());
    const larger = await openBenchWorld(await buildLarger(folder));
    try {
      const [a, b] = await Promise.all([larger, usual].map(async (world) => ({ world, page: await pageOf(world, "/approvals") })));
      const cost = await costRatio({ pid: a!.world.pid, request: () => open(a!.world, a!.page) }, { pid: b!.world.pid, request: () => open(b!.world, b!.page) }, REQUESTS);
      return [atMost("/approvals", (cost.ratio - 1) * 100, 5, (value) => `${value.toFixed(1)} %`)];
    } finally {
      await larger.close();
      await usual.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function buildLarger(folder: string): Promise<Bundle> {
  for (const part of ["app", "db", "worker", "public", "scripts", "migrations", "types", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "wrangler.toml"]) cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const names = Array.from({ length: MORE }, (_, nth) => `more-${nth}`);
  for (const name of names) writeFileSync(join(folder, `app/routes/public/${name}.tsx`), `export default function More() {\n  return <h1>${name}</h1>;\n}\n`);
  const map = join(folder, "app/routes.ts");
  const pages = "const pages = [";
  if (!readFileSync(map, "utf8").includes(pages)) throw new Error(`${map} does not say where its pages begin`);
  writeFileSync(map, readFileSync(map, "utf8").replace(pages, `${pages}\n${names.map((name) => `  route("${name}/:id", "routes/public/${name}.tsx"),`).join("\n")}`));
  const there = { quiet: true, cwd: folder };
  await run("node", ["scripts/deploy.ts", "--dry-run"], there);
  return bundleIn(join(folder, "dist"));
}
