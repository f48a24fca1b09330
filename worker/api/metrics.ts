import type { Context } from "hono";
import { getMetrics } from "#app/domain/metrics.server.ts";
import { parseEnv } from "../env.ts";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";

/** Queue, sweeps and deliveries in Prometheus' text form, for whoever shows METRICS_KEY; for all others it does not exist. */
export async function metrics(c: Context<KinboardHono>): Promise<Response> {
  const { METRICS_KEY: key } = parseEnv(c.env);
  if (!key || !(await sameSecret(c.req.header("Authorization") ?? "", `Bearer ${key}`))) return problem(404, "not_found");
  const { jobs, oldestDueAt, sweeps, deliveries } = await getMetrics(c.get("ctx"));
  const seconds = (instant: number) => (instant / 1000).toFixed(3);
  const lines = [
    "# TYPE kinboard_jobs gauge",
    ...jobs.map((row) => `kinboard_jobs{kind="${row.kind}",status="${row.status}"} ${row.count}`),
    "# TYPE kinboard_oldest_due_job_seconds gauge",
    `kinboard_oldest_due_job_seconds ${oldestDueAt === null ? 0 : seconds(Math.max(0, c.get("ctx").clock.now() - oldestDueAt))}`,
    "# TYPE kinboard_sweep_finished_timestamp_seconds gauge",
    ...sweeps.map((row) => `kinboard_sweep_finished_timestamp_seconds{sweep="${row.sweep}"} ${row.finishedAt === null ? 0 : seconds(row.finishedAt)}`),
    "# TYPE kinboard_deliveries_total counter",
    ...deliveries.map((row) => `kinboard_deliveries_total{channel="${row.channel}"} ${row.count}`),
  ];
  return c.text(`${lines.join("\n")}\n`, 200, { "Content-Type": "text/plain; version=0.0.4" });
}

/** Compares digests, so that the time taken tells nothing of where they differ. */
async function sameSecret(shown: string, wanted: string): Promise<boolean> {
  const digest = async (text: string) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [a, b] = [await digest(shown), await digest(wanted)];
  return a.reduce((difference, byte, index) => difference | (byte ^ b[index]!), 0) === 0;
}
