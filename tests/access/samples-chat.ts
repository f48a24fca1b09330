import { unique } from "#tests/world.ts";
import type { Sample } from "./samples.ts";
import { only, readsRoom, writesInRoom, wroteMessage } from "./standing.ts";

export const chat: Record<string, Sample> = {
  "POST /conversations": { body: (side) => ({ kind: "guardian_teacher", childId: side.childId, staffId: side.teacherId, schoolId: side.schoolId }), judge: (actor, side) => (actor.userId === side.childId ? "unknown" : readsRoom(actor, side)) },
  "GET /conversations/{conversationId}/messages": { judge: readsRoom },
  "POST /conversations/{conversationId}/messages": { body: () => ({ text: unique("Hello") }), judge: writesInRoom },
  "PATCH /conversations/{conversationId}/messages/{seq}": { params: (side) => ({ conversationId: side.conversationId, seq: "1" }), body: () => ({ text: "Good evening" }), judge: wroteMessage },
  "DELETE /conversations/{conversationId}/messages/{seq}": { params: (side) => ({ conversationId: side.conversationId, seq: "1" }), judge: wroteMessage },
  "POST /announcements": { body: (side) => ({ classId: side.classId, text: unique("Hello") }), judge: only("teacherId") },
  "GET /announcements/{announcementId}": { judge: only("teacherId") },
  "GET /conversations/{conversationId}/planned-messages": { judge: writesInRoom },
  "POST /conversations/{conversationId}/planned-messages": { body: () => ({ text: unique("Later"), sendAt: new Date(Date.now() + 86_400_000).toISOString() }), judge: writesInRoom },
  "DELETE /conversations/{conversationId}/planned-messages/{plannedId}": { params: (side) => ({ conversationId: side.conversationId, plannedId: "msg_none" }), judge: writesInRoom, alsoFine: [404] },
  // Nobody reports their own; the teacher may have taken it back before.
  "POST /conversations/{conversationId}/messages/{seq}/reports": { params: (side) => ({ conversationId: side.conversationId, seq: "1" }), body: () => ({ reason: "other" }), judge: (actor, side) => (actor.userId === side.teacherId ? "no" : readsRoom(actor, side)), alsoFine: [404] },
  "GET /admin/message-reports": { query: (side) => ({ schoolId: side.schoolId }) },
  "POST /admin/message-reports/{reportId}/decision": { body: () => ({ outcome: "dismissed" }) },
  "POST /conversations/{conversationId}/attachments": { query: () => ({ name: "more.pdf" }), file: () => "%PDF-1.4", judge: writesInRoom },
  "GET /conversations/{conversationId}/attachments/{fileId}": { params: (side) => ({ conversationId: side.conversationId, fileId: side.sentFileId }), judge: readsRoom },
  "GET /conversations/{conversationId}/export": { judge: readsRoom },
  "PUT /conversations/{conversationId}/read-pointer": { body: () => ({ seq: 1 }), judge: readsRoom },
};
