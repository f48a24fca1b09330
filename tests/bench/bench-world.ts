import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { build, type PluginBuild } from "esbuild";
import { Miniflare, type Request as WorkerRequest } from "miniflare";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { HOUR } from "#app/domain/clock.ts";
import { aesVault } from "#worker/providers/vault.ts";
import type { Bundle } from "#scripts/bundle.ts";
import { devVariables } from "#scripts/dev-env.ts";
import { PARTS, parts } from "#scripts/parts.ts";
import { deployedWorkers, PRODUCTION } from "#tests/deployed.ts";
import { startVendors } from "#tests/vendors/start.ts";
import { demoState } from "./demo-state.ts";

export type BenchWorld = Awaited<ReturnType<typeof openBenchWorld>>;

/**
 * The parts as bundled for deployment, with the demo data, in a workerd of their own; without `jobs`, whose work would be counted as the
 * pages'. `assets` puts the files served in front of them.
 */
export async function openBenchWorld(bundle: Bundle, { environment = "production", assets = false, inspectorPort }: { environment?: "production" | "development"; assets?: boolean; inspectorPort?: number } = {}) {
  const state = mkdtempSync(join(tmpdir(), "kinboard-bench-"));
  cpSync(await demoState(), state, { recursive: true });
  const vendors = await startVendors(0, { webhookUrl: null });
  const before = new Set(workerds());
  const variables = environment === "production" ? PRODUCTION : devVariables({ app: 80, vendors: vendors.port });
  const toVendors = (request: WorkerRequest) => fetch(new URL(new URL(request.url).pathname, `http://127.0.0.1:${vendors.port}`), { method: request.method, headers: Object.fromEntries(request.headers), body: request.body as BodyInit | null, duplex: "half" } as RequestInit) as never;
  const [family, ...others] = deployedWorkers(bundle, { which: PARTS.filter((part) => part !== "jobs"), bindings: variables, outboundService: toVendors, modules: [{ type: "ESModule", path: "bench.js", contents: await benchWorker() }] });
  const miniflare = new Miniflare({
    workers: [{ ...family!, assets: assets ? family!.assets : undefined, unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] }, ...others],
    d1Persist: join(state, "v3/d1"),
    inspectorPort,
    handleRuntimeStdio: (out: Readable, err: Readable) => void (out.resume(), err.resume()), // a log line for each request
  });
  const front = await miniflare.ready;
  // Past miniflare's own entry worker: its work is not ours.
  const url = (assets ? front : await miniflare.unsafeGetDirectURL(parts.family.name)).origin;
  const pid = workerds().find((id) => !before.has(id))!;
  const db = await miniflare.getD1Database("DB", parts.family.name);
  let tokens = 0;
  return {
    url,
    pid,
    db,
    vault: aesVault(variables.VAULT_KEY),
    /** A cookie under which this person is signed in; `who` is the name before the @, or a child's username. */
    async cookieOf(who: string, kind: "browser" | "half" = "browser"): Promise<string> {
      const user = await db.prepare("SELECT id FROM users WHERE username = ?1 OR email = ?1 || '@demo.kinboard.test'").bind(who).first<{ id: string }>();
      const token = `bench-session-number-${++tokens}`;
      const now = Date.now();
      await db.prepare("INSERT INTO sessions (id, token_hash, user_id, kind, created_at, last_seen_at, expires_at, stepped_up_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)").bind(`sess_bench_${tokens}`, await hashToken(token), user!.id, kind, now, now, now + HOUR, now + HOUR).run();
      return `kinboard=${token}`;
    },
    async close(): Promise<void> {
      await miniflare.dispose();
      await vendors.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

async function benchWorker(): Promise<string> {
  const leaveApp = { name: "leave-app", setup: (bundle: PluginBuild) => bundle.onResolve({ filter: /^#worker\/index\.ts$/ }, () => ({ path: "./index.js", external: true })) };
  const { outputFiles } = await build({ entryPoints: ["tests/bench/bench-worker.ts"], bundle: true, write: false, format: "esm", minify: true, target: "es2022", plugins: [leaveApp] });
  return outputFiles[0]!.text;
}

/** Processes named workerd that this one started. */
export function workerds(): number[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((id) => {
    try {
      const [name, , parent] = [/\((.*)\)/.exec(stat(id))![1], ...statFields(id)];
      return name === "workerd" && Number(parent) === process.pid;
    } catch {
      return false; // ended meanwhile
    }
  });
}

const stat = (id: number) => readFileSync(`/proc/${id}/stat`, "utf8");
/** What follows the name: state, parent, …; utime and stime are the 12th and 13th. */
export const statFields = (id: number) => stat(id).replace(/^.*\) /, "").split(" ");
