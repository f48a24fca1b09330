import { createMiddleware } from "hono/factory";
import { readToken } from "#app/http/session.ts";
import { createContext, type Meter } from "../context.ts";
import { parseEnv } from "../env.ts";
import { problem } from "./problem.ts";
import type { KinboardHono } from "./types.ts";

/** The address of a calendar is the key to it. */
const written = (path: string) => path.replace(/^(.*\/calendar\/).+/, "$1…");

/** Gives the request its id and context, and leaves one line in the log: no personal data, no query string. */
export const observe = createMiddleware<KinboardHono>(async (c, next) => {
  const started = Date.now();
  const requestId = `req_${crypto.randomUUID()}`;
  const meter: Meter = { roundTrips: 0, rowsRead: 0 };
  const env = parseEnv(c.env);
  const visit = { requestId, address: c.req.header("CF-Connecting-IP") ?? null, userAgent: c.req.header("User-Agent")?.slice(0, 300) ?? null, token: readToken(c.req.raw) };
  const later: (() => Promise<unknown>)[] = [];
  const ctx = { ...createContext(env, visit, (work) => c.executionCtx.waitUntil(work), meter), afterAnswer: (work: () => Promise<unknown>) => void later.push(work) };
  c.set("ctx", ctx);
  await next();
  if (c.error) {
    console.error(JSON.stringify({ event: "request.crashed", requestId, path: written(c.req.path), error: c.error.stack ?? String(c.error) }));
    c.res = problem(500, "internal_error", { requestId });
  }
  c.res.headers.set("X-Request-Id", requestId);
  if (env.KINBOARD_ENV !== "production") c.res.headers.set("Server-Timing", `d1;desc="${meter.roundTrips} trips, ${meter.rowsRead} rows"`);
  ctx.log("request", { method: c.req.method, path: written(c.req.path), status: c.res.status, ms: Date.now() - started, d1: meter.roundTrips, rows: meter.rowsRead });
  for (const work of later) c.executionCtx.waitUntil(work());
});
