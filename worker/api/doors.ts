import { Hono } from "hono/tiny";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";
import { serve, type Endpoint } from "./endpoint.ts";
import { metrics } from "./metrics.ts";

/** What is behind `/api` where these doors are. */
export function apiOf(endpoints: Endpoint[]): Hono<KinboardHono> {
  const api = new Hono<KinboardHono>();
  api.get("/health", async (c) => {
    const ready = await c.get("ctx").db.$client.prepare("SELECT 1 FROM users LIMIT 1").all().then(() => true, () => false);
    return ready ? c.json({ status: "ok" }) : problem(503, "not_ready");
  });
  api.get("/metrics", metrics);
  for (const door of endpoints) api.on(door.method.toUpperCase(), `/v1${door.path.replace(/\{(\w+)\}/g, ":$1")}`, serve(door));
  api.all("*", () => problem(404, "not_found"));
  return api;
}
