// The door of every npm command. Runs on the machine's Node (20 or later): installs what is missing, then hands over to the
// Node that came with the packages, which runs TypeScript as it is.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const [command, ...rest] = process.argv.slice(2);

const installed = "node_modules/.package-lock.json";
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs && !sameLock()) {
  console.log("Installing packages …");
  // Not `npm ci`: it refuses a lock file that lacks the optional packages of other platforms, which not every registry has.
  const done = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** A checkout gives the lock file a new time; what counts is whether each package in it is there in its version. */
function sameLock() {
  const versions = (file) => Object.entries(JSON.parse(readFileSync(file, "utf8")).packages).filter(([name, entry]) => name && !entry.optional && !entry.peer).map(([name, entry]) => `${name}@${entry.version}`);
  const have = new Set(versions(installed));
  return versions("package-lock.json").every((name) => have.has(name));
}

const bin = join(root, "node_modules/.bin");
const child = spawnSync(join(root, "node_modules/node/bin/node"), ["--disable-warning=ExperimentalWarning", `scripts/${command}.ts`, ...rest], {
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", CI: process.env.CI ?? "" },
});
process.exit(child.status ?? 1);
