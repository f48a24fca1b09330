import { unique } from "#tests/world.ts";
import type { Sample } from "./samples.ts";
import { readsRoom, writesInRoom, wroteMessage } from "./standing.ts";

export const chat: Record<string, Sample> = {
  "GET /conversations/{conversationId}/messages": { judge: readsRoom },
  "POST /conversations/{conversationId}/messages": { body: () => ({ text: unique("Hello") }), judge: writesInRoom },
  "PATCH /conversations/{conversationId}/messages/{seq}": { params: (side) => ({ conversationId: side.conversationId, seq: "1" }), body: () => ({ text: "Good evening" }), judge: wroteMessage },
  "DELETE /conversations/{conversationId}/messages/{seq}": { params: (side) => ({ conversationId: side.conversationId, seq: "1" }), judge: wroteMessage },
  "PUT /conversations/{conversationId}/read-pointer": { body: () => ({ seq: 1 }), judge: readsRoom },
};
