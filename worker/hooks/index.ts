import { Hono } from "hono";
import type { KinboardHono } from "../http/types.ts";

/** What vendors tell us. Each file verifies by its vendor's means, stores the event once, and leaves the rest to a job. */
export const hooks = new Hono<KinboardHono>();
