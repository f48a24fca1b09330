import { commit, stirRest as tellRest } from "#db/client.ts";
import { forgetListeners } from "#db/live.ts";
import type { Sweep } from "./schedule.ts";

/** Tells open pages what nobody has told them: of writes without a commit, or whose bell was lost. */
export const stirRest: Sweep = async (ctx) => {
  await commit(ctx.db, [forgetListeners(ctx.db, ctx.clock.now())]);
  return tellRest(ctx.db);
};
