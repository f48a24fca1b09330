import { problem } from "../http/problem.ts";
import { isLive, openLive } from "../live.ts";

export { ChatRoom } from "../durable-objects/chat-room.ts";
export { Inbox } from "../durable-objects/inbox.ts";

/** Where the rooms and inboxes live. Live sockets come in here. */
export default {
  fetch: (request, env) => (isLive(request) ? openLive(request, env) : problem(404, "not_found")),
} satisfies ExportedHandler<object>;
