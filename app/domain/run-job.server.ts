import { claimJob, finishJob, postponeJob, type Job } from "#db/operation.ts";
import * as z from "zod";
import type { AppContext } from "../context.ts";
import { MINUTE } from "./clock.ts";
import { PoisonJob, RetryAt } from "./job-retries.ts";
import { jobFailed, jobWork } from "./job-work.server.ts";

const LEASE = 2 * MINUTE;
const ATTEMPTS = 8;

/** Claims the job and does it. Safe to call late, twice, or for a job that is done. Answers whether it did something. */
export async function runJob(ctx: AppContext, jobId: string): Promise<boolean> {
  const job = await claimJob(ctx.db, jobId, ctx.clock.now(), ctx.clock.now() + LEASE);
  if (!job) return false;
  // The worker died on every attempt, before it could say so.
  if (job.attempts > ATTEMPTS) return giveUp(ctx, job, job.lastError ?? "died");
  try {
    const work = jobWork[job.kind as keyof typeof jobWork];
    if (!work) throw new PoisonJob(`unknown kind ${job.kind}`);
    await work(ctx, job.payload, job.attempts);
    await finishJob(ctx.db, job.id, "done", ctx.clock.now());
  } catch (error) {
    if (error instanceof RetryAt) return retryAt(ctx, job, error);
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    ctx.log("job.failed", { kind: job.kind, attempt: job.attempts, error: text.slice(0, 300) });
    if (error instanceof PoisonJob || error instanceof z.ZodError || job.attempts >= ATTEMPTS) return giveUp(ctx, job, text);
    await postponeJob(ctx.db, job.id, ctx.clock.now() + 2 ** job.attempts * 1000, text);
  }
  return true;
}

/** A job that says itself when it is to be tried again gets its bell then, and not only by the sweep. */
async function retryAt(ctx: AppContext, job: Job, { message, at, counts }: RetryAt): Promise<true> {
  await postponeJob(ctx.db, job.id, at, message, counts ? job.attempts : job.attempts - 1);
  await ctx.jobs.ring([job.id], at);
  return true;
}

/** First what waits for the job's work learns of it: a death in between is made good by the next claim. */
async function giveUp(ctx: AppContext, job: Job, text: string): Promise<true> {
  await (async () => jobFailed[job.kind]?.(ctx, job.payload))().catch((error: unknown) => ctx.log("job.failure_not_told", { kind: job.kind, error: String(error) }));
  await finishJob(ctx.db, job.id, "failed", ctx.clock.now(), text);
  return true;
}
