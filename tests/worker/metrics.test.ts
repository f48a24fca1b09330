import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { insertJob } from "#db/operation.ts";
import kinboard from "#worker/index.ts";
import { runCron } from "#worker/crons/schedule.ts";
import { parseEnv } from "#worker/env.ts";
import { testContext } from "#tests/world.ts";

const KEY = "an-operator's-key-for-tests";
async function read(headers: Record<string, string>, more: object = { METRICS_KEY: KEY }): Promise<Response> {
  const execution = createExecutionContext();
  const answer = await kinboard.fetch(new Request("http://localhost/api/metrics", { headers }), { ...env, ...more }, execution);
  await waitOnExecutionContext(execution);
  return answer;
}

test("OPS-4: metrics of queue, sweeps and deliveries are for the operator's key alone", async () => {
  expect((await read({})).status).toBe(404);
  expect((await read({ Authorization: "Bearer wrong" })).status).toBe(404);
  expect((await read({ Authorization: `Bearer ${KEY}` }, {})).status).toBe(404);
  const ctx = testContext(Date.now() - 60_000);
  await insertJob(ctx.db, { id: ctx.ids.make("job"), kind: "announce-budget", payload: { childId: "user_none" }, availableAt: ctx.clock.now(), createdAt: ctx.clock.now() });
  await runCron({ cron: "0 * * * *" }, parseEnv(env), createExecutionContext());
  const text = await (await read({ Authorization: `Bearer ${KEY}` })).text();
  expect(text).toMatch(/kinboard_jobs\{kind="announce-budget",status="waiting"\} 1/);
  expect(text).toMatch(/kinboard_oldest_due_job_seconds (59|6\d)/);
  expect(text).toMatch(/kinboard_sweep_finished_timestamp_seconds\{sweep="budget-periods"\} \d{10}/);
});
