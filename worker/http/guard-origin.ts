import { createMiddleware } from "hono/factory";
import { parseEnv } from "../env.ts";
import { problem } from "./problem.ts";
import type { KinboardHono } from "./types.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The one place where a forged cross-site request is turned away. A browser says where the request comes from: it must be our own
 * pages (`same-site` and `null` are not). What says nothing at all is no browser, and passes only when it shows no cookie.
 */
export const guardOrigin = createMiddleware<KinboardHono>(async (c, next) => {
  if (!SAFE.has(c.req.method)) {
    const site = c.req.header("Sec-Fetch-Site");
    const origin = c.req.header("Origin");
    const ours = site !== undefined ? site === "same-origin" : origin !== undefined ? origin === parseEnv(c.env).ORIGIN : c.req.header("Cookie") === undefined;
    if (!ours) return problem(403, "forbidden", { detail: "This request did not come from our own pages." });
  }
  return next();
});
