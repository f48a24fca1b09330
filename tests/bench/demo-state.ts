import { existsSync, rmSync, statSync } from "node:fs";
import { run } from "#scripts/process.ts";

const STATE = ".cache/bench/state";
const LASTS = 12 * 60 * 60 * 1000;

let made: Promise<string> | undefined;

/** A local D1 with the demo data in it, to be copied. The demo lives in the thirty days before it was loaded: after half a day it is made anew. */
export function demoState(): Promise<string> {
  return (made ??= make());
}

async function make(): Promise<string> {
  const newest = Math.max(...["migrations", "db/demo", "db/schema"].map((folder) => statSync(folder).mtimeMs));
  const since = existsSync(STATE) ? statSync(STATE).mtimeMs : 0;
  if (since < newest || since < Date.now() - LASTS) {
    rmSync(STATE, { recursive: true, force: true });
    await run("node", ["--disable-warning=ExperimentalWarning", "scripts/demo.ts", "load"], { quiet: true, env: { ...process.env, KINBOARD_STATE: STATE } });
  }
  return STATE;
}
