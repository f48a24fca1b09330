import { build } from "#scripts/build.ts";
import { bundleWorker } from "#scripts/bundle.ts";
import { isFresh, stampFresh } from "#scripts/freshness.ts";

let made: Promise<string> | undefined;

/** The Worker as it would be deployed, bundled once for all measures. */
export function workerBundle(): Promise<string> {
  return (made ??= make());
}

async function make(): Promise<string> {
  if (!isFresh()) {
    await build();
    stampFresh();
  }
  return bundleWorker(".cache/bench/worker", { developmentPages: true });
}
