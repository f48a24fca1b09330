import { Hono } from "hono/tiny";
import { guardBody } from "../http/guard-body.ts";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";
import { stripeHook } from "./stripe.ts";

/** What vendors tell us. Each file verifies by its vendor's means, stores the event once, and leaves the rest to a job. */
export const hooks = new Hono<KinboardHono>();

hooks.use(guardBody);
hooks.post("/stripe", stripeHook);
hooks.all("*", () => problem(404, "not_found"));
