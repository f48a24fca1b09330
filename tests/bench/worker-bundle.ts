import { build } from "#scripts/build.ts";
import { bundleParts, type Bundle } from "#scripts/bundle.ts";
import { isFresh, stampFresh } from "#scripts/freshness.ts";

let made: Promise<Bundle> | undefined;

/** The parts as they would be deployed, bundled once for all measures. */
export function workerBundle(): Promise<Bundle> {
  return (made ??= make());
}

async function make(): Promise<Bundle> {
  await buildStale();
  return bundleParts(".cache/bench/worker", { developmentPages: true });
}

/** Builds what the sources have outgrown. */
export async function buildStale(): Promise<void> {
  if (isFresh()) return;
  await build();
  stampFresh();
}
