import { runJob } from "#app/domain/run-job.server.ts";
import { createContext, NOBODY } from "../context.ts";
import type { Env } from "../env.ts";

/** The queue only says which rows are due. The row is claimed, worked, and settled; what the bell carried may be late or doubled. */
export async function consume(batch: MessageBatch<{ jobId: string }>, env: Env, execution: ExecutionContext): Promise<void> {
  for (const message of batch.messages) {
    const jobId: unknown = message.body?.jobId;
    if (typeof jobId === "string") {
      const ctx = createContext(env, { requestId: jobId, ...NOBODY }, (work) => execution.waitUntil(work));
      await runJob(ctx, jobId);
    } else {
      console.error(JSON.stringify({ event: "queue.poison", messageId: message.id }));
    }
    message.ack();
  }
}
