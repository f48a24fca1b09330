import { runCron } from "../crons/schedule.ts";
import { parseEnv } from "../env.ts";
import { consume } from "../queues/consumer.ts";

/** What nobody waits for: the queue and the clock. */
export default {
  queue: (batch, env, execution) => consume(batch, parseEnv(env), execution),
  scheduled: (event, env, execution) => runCron(event, parseEnv(env), execution),
} satisfies ExportedHandler<object, { jobId: string }>;
