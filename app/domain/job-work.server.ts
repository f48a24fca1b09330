import type { AppContext } from "../context.ts";

/** What each kind of job does: parse, then one domain operation. */
export const jobWork: Record<string, (ctx: AppContext, payload: unknown) => Promise<unknown>> = {};
