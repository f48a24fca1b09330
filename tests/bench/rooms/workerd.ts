import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { Miniflare, type MiniflareOptions } from "miniflare";
import { workerds } from "../bench-world.ts";

/** A workerd that can be killed and started again on the same state. */
export async function openWorkerd(options: MiniflareOptions) {
  const start = async () => {
    const before = new Set(workerds());
    const miniflare = new Miniflare({ ...options, handleRuntimeStdio: (out: Readable, err: Readable) => void (out.resume(), err.resume()) });
    const url = (await miniflare.ready).origin;
    return { miniflare, url, pid: workerds().find((id) => !before.has(id))! };
  };
  let running = await start();
  return {
    get url() {
      return running.url;
    },
    get pid() {
      return running.pid;
    },
    get miniflare() {
      return running.miniflare;
    },
    async kill(): Promise<void> {
      process.kill(running.pid, "SIGKILL");
      await Promise.race([running.miniflare.dispose().catch(() => undefined), sleep(5_000)]);
      running = await start();
    },
    close: () => running.miniflare.dispose(),
  };
}

/** A Worker of the bench in one file. What is left out stands beside it. */
export async function bundleWorker(file: string, leaveOut: Record<string, string> = {}): Promise<string> {
  const plugins = Object.entries(leaveOut).map(([path, beside]) => ({ name: path, setup: (bundle: { onResolve(filter: { filter: RegExp }, to: () => { path: string; external: true }): void }) => bundle.onResolve({ filter: new RegExp(`^${path}$`) }, () => ({ path: beside, external: true })) }));
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, write: false, format: "esm", target: "es2022", external: ["cloudflare:workers"], plugins });
  return outputFiles[0]!.text;
}
