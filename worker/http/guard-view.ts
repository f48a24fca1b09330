import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { isSafe, isWayOut } from "#app/http/read-only-view.ts";
import type { KinboardHono } from "./types.ts";

/** While somebody looks through another's eyes nothing is written, whatever page they send a form to: they get the page that says so, and the way out. */
export const guardView = createMiddleware<KinboardHono>(async (c, next) => {
  const ctx = c.get("ctx");
  if (isSafe(c.req.method) || ctx.visit.token?.via !== "cookie" || isWayOut(c.req.url) || !(await findActor(ctx))?.viewedBy) return next();
  const page = await fetchPage(c.req.raw, c.env, c.executionCtx);
  return new Response(page.body, { status: 403, headers: page.headers });
});

type Execution = Context["executionCtx"];
let fetchPage: (request: Request, env: object, execution: Execution) => Promise<Response>;

/** Named by the router, which this guard is part of. */
export function refuseWith(answer: (request: Request, env: object, execution: Execution) => Response | Promise<Response>): void {
  fetchPage = async ({ url, headers }, env, execution) => answer(new Request(new URL("/view-as?refused=yes", url), { headers: { Cookie: headers.get("Cookie") ?? "", "User-Agent": headers.get("User-Agent") ?? "" } }), env, execution);
}
