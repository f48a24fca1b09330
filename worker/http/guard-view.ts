import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { isSafe, isWayOut } from "#app/http/read-only-view.ts";
import type { KinboardHono } from "./types.ts";

type Answer = (request: Request, env: object, execution: Context["executionCtx"]) => Response | Promise<Response>;

/**
 * While somebody looks through another's eyes nothing is written, whatever page they send a form to: they get the page that says so, and
 * the way out. `answer` is the router that this guard is part of: every part that has pages has that one.
 */
export const guardView = (answer: Answer) => createMiddleware<KinboardHono>(async (c, next) => {
  const ctx = c.get("ctx");
  if (isSafe(c.req.method) || ctx.visit.token?.via !== "cookie" || isWayOut(c.req.url) || !(await findActor(ctx))?.viewedBy) return next();
  const headers = { Cookie: c.req.header("Cookie") ?? "", "User-Agent": c.req.header("User-Agent") ?? "" };
  const page = await answer(new Request(new URL("/view-as?refused=yes", c.req.url), { headers }), c.env, c.executionCtx);
  return new Response(page.body, { status: 403, headers: page.headers });
});
