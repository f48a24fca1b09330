import { runCron } from "./crons/schedule.ts";
import { parseEnv } from "./env.ts";
import { consume } from "./queues/consumer.ts";
import { router } from "./router.ts";

export default {
  fetch: (request, env, execution) => router.fetch(request, env, execution),
  queue: (batch, env, execution) => consume(batch, parseEnv(env), execution),
  scheduled: (event, env, execution) => runCron(event, parseEnv(env), execution),
} satisfies ExportedHandler<object, { jobId: string }>;
