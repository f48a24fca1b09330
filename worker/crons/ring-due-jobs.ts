import { deleteOldJobs, listDueJobs } from "#db/operation.ts";
import { DAY, MINUTE } from "#app/domain/clock.ts";
import type { Sweep } from "./schedule.ts";

/** Rings again for jobs whose bell was lost or whose worker died. */
export const ringDueJobs: Sweep = async (ctx) => {
  const due = await listDueJobs(ctx.db, ctx.clock.now() - MINUTE / 2, 100);
  await ctx.jobs.ring(due);
  await deleteOldJobs(ctx.db, ctx.clock.now() - 30 * DAY);
  return due.length;
};
