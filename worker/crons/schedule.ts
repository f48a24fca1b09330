import type { AppContext } from "#app/context.ts";
import { finishSweepRun, startSweepRun } from "#db/operation.ts";
import { createContext, NOBODY } from "../context.ts";
import type { Env } from "../env.ts";
import { forgetExpired } from "#app/domain/identity/forget-expired.server.ts";
import { sealAudit } from "#app/domain/audit/seal-audit.server.ts";
import { gatherDueDigests } from "#app/domain/notifications/digest.server.ts";
import { endConsents } from "#app/domain/consent/end-consents.server.ts";
import { forgetImportFiles } from "#app/domain/schools/imports/forget-files.server.ts";
import { forgetReportedWords } from "#app/domain/moderation/forget-reported-words.server.ts";
import { turnPeriods } from "#app/domain/budgets/turn-periods.server.ts";
import { approvals } from "./approvals.ts";
import { reconcilePayments } from "./reconcile-payments.ts";
import { bookings, lessonReminders, lessons } from "./lessons.ts";
import { ringDueJobs } from "./ring-due-jobs.ts";
import { stirRest } from "./stir-rest.ts";

/** Does a bounded piece of what is due and answers how much; the rest goes on next time. */
export type Sweep = (ctx: AppContext) => Promise<number>;

/** Cron string -> its sweeps. The strings stand in scripts/parts.ts too. */
export const schedule: Record<string, Record<string, Sweep>> = {
  "* * * * *": { "ring-due-jobs": ringDueJobs, bookings, "seal-audit": sealAudit, "stir-rest": stirRest },
  "*/5 * * * *": { approvals, "end-consents": endConsents, lessons, "lesson-reminders": lessonReminders, "reconcile-payments": reconcilePayments, "digests": gatherDueDigests },
  "0 * * * *": { "budget-periods": turnPeriods, "forget-expired": forgetExpired, "forget-import-files": forgetImportFiles, "forget-reported-words": forgetReportedWords },
};

export async function runCron(event: { cron: string }, env: Env, execution: ExecutionContext): Promise<void> {
  for (const [name, sweep] of Object.entries(schedule[event.cron] ?? {})) {
    const ctx = createContext(env, { requestId: `sweep:${name}`, ...NOBODY }, (work) => execution.waitUntil(work));
    try {
      await startSweepRun(ctx.db, name, ctx.clock.now());
      const handled = await sweep(ctx);
      await finishSweepRun(ctx.db, name, ctx.clock.now(), handled);
      ctx.log("sweep.done", { sweep: name, handled });
    } catch (error) {
      // One sweep's fault must not keep the others from running.
      console.error(JSON.stringify({ event: "sweep.failed", sweep: name, error: String(error) }));
    }
  }
}
