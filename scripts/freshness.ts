import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STAMP = "build/sources.sha256";
const SOURCES = ["app", "db", "worker", "package-lock.json", "vite.config.ts", "wrangler.toml", "scripts/build.ts", "scripts/build-libraries.ts", "scripts/build-parts.ts", "scripts/openapi.ts", "scripts/styles.ts"];

/** Whether `build/` was made from the sources as they are. */
export function isFresh(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === digest();
}

export function stampFresh(): void {
  writeFileSync(STAMP, digest());
}

function digest(): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    hash.update(path).update(readFileSync(path));
  };
  for (const source of SOURCES) {
    if (/\.\w+$/.test(source)) add(source);
    else for (const entry of readdirSync(source, { recursive: true, withFileTypes: true }).filter((found) => found.isFile()).map((found) => join(found.parentPath, found.name)).sort()) add(entry);
  }
  return hash.digest("hex");
}
