import type { Log } from "#app/context.ts";
import type { JobBell } from "#app/domain/jobs.server.ts";
import type { Bindings } from "../env.ts";

/** What a queue takes in one call. */
const AT_ONCE = 100;

/** A bell that could not be rung is no loss: the sweep finds the rows. */
export function jobBell(queue: Bindings["JOBS"], log: Log): JobBell {
  return {
    async ring(jobIds, at = 0) {
      const delaySeconds = Math.max(0, Math.ceil((at - Date.now()) / 1000));
      for (let from = 0; from < jobIds.length; from += AT_ONCE) await queue.sendBatch(jobIds.slice(from, from + AT_ONCE).map((jobId) => ({ body: { jobId } })), { delaySeconds }).catch(() => log("jobs.bell_failed"));
    },
  };
}
