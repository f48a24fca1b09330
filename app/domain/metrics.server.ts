import { readMetrics } from "#db/operation.ts";
import type { AppContext } from "../context.ts";

/** What an operator watches: jobs that are not done, how long the oldest is due, when each sweep last ended, what was delivered. */
export const getMetrics = (ctx: AppContext) => readMetrics(ctx.db, ctx.clock.now());
