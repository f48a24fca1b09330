import { Hono } from "hono";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";
import { docsPage } from "./docs-page.ts";
import { serve, type Endpoint } from "./endpoint.ts";
import { me } from "./me.ts";
import { openApiDocument } from "./openapi.ts";
import { tokens } from "./tokens.ts";

/** Every door of the API, resource by resource. */
export const endpoints: Endpoint[] = [...tokens, ...me];

export const api = new Hono<KinboardHono>();

api.get("/health", async (c) => {
  const ready = await c.get("ctx").db.$client.prepare("SELECT 1 FROM users LIMIT 1").all().then(() => true, () => false);
  return ready ? c.json({ status: "ok" }) : problem(503, "not_ready");
});
api.get("/v1/openapi.json", (c) => c.json(openApiDocument(endpoints, c.get("ctx").settings.origin), 200, { "Cache-Control": "public, max-age=300" }));
api.get("/v1/docs", (c) => docsPage(endpoints, c));
for (const door of endpoints) api.on(door.method.toUpperCase(), `/v1${door.path.replace(/\{(\w+)\}/g, ":$1")}`, serve(door));
api.all("*", () => problem(404, "not_found"));
