export { ChatRoom } from "../durable-objects/chat-room.ts";
export { Inbox } from "../durable-objects/inbox.ts";

/** Where the rooms and inboxes live. Live sockets come in here. */
export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler<object>;
