import * as pages from "#build/server/index.js";
import { calendar } from "./api/calendar.ts";
import { api } from "./api/index.ts";
import { hooks } from "./hooks/index.ts";
import { isLive, openLive } from "./live.ts";
import { pagesOf } from "./pages.ts";
import jobs from "./parts/jobs.ts";
import { routerOf } from "./router.ts";

export { ChatRoom } from "./durable-objects/chat-room.ts";
export { Inbox } from "./durable-objects/inbox.ts";

const router = routerOf({ hooks, api, calendar, pages: pagesOf(pages) });

/** The whole in one Worker, for development and the tests. What is deployed is in `parts/`. */
export default {
  fetch: (request: Request, env: object, execution: ExecutionContext) => (isLive(request) ? openLive(request, env) : router.fetch(request, env, execution)),
  ...jobs,
} satisfies ExportedHandler<object, { jobId: string }>;
