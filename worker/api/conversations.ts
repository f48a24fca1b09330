import * as z from "zod";
import { exportRoom } from "#app/domain/chat/export-room.server.ts";
import { attach, readRoomFile } from "#app/domain/chat/files.server.ts";
import { FILE_TYPES } from "#app/domain/files/kinds.ts";
import { attachmentHeaders } from "#app/http/attachment.ts";
import { EditMessageInput, HistoryQuery, MessageAddress, ReadPointerInput, SendMessageInput } from "#app/domain/chat/inputs.ts";
import { KINDS } from "#app/domain/chat/kinds.ts";
import { listRooms, type ListedRoom } from "#app/domain/chat/list-rooms.server.ts";
import { openConversation } from "#app/domain/chat/open-conversation.server.ts";
import { keyOf, OpenConversationInput } from "#app/domain/chat/opening-inputs.ts";
import { listMessages, markRead } from "#app/domain/chat/read-room.server.ts";
import type { RoomMessage } from "#app/domain/chat/rooms.ts";
import { editMessage, removeMessage, sendMessage } from "#app/domain/chat/say.server.ts";
import { looksOn } from "#app/domain/chat/rules.ts";
import { clientIdOf } from "#app/domain/chat/client-id.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const ConversationView = z.object({
  id: z.string(), kind: z.enum(KINDS), title: z.string().meta({ description: "As this reader sees it" }), schoolId: z.string().nullable(), childId: z.string().nullable(), staffId: z.string().nullable(), as: z.enum(["student", "guardian", "staff", "opener"]),
  mayWrite: z.boolean(), looksOn: z.boolean().meta({ description: "A guardian, where the child talks with an adult" }), readsFrom: Instant.meta({ description: "Earlier messages are not for this reader" }),
  lastAt: Instant.meta({ description: "Of the last message, else of the opening" }), lastText: z.string().nullable(), lastSender: z.string().nullable(), unread: z.int(),
}).meta({ id: "Conversation" });

const MessageView = z.object({
  id: z.string(), seq: z.int().meta({ description: "Without gaps within the conversation" }), revision: z.int(), senderId: z.string().nullable().meta({ description: "Null: an erased person" }), senderName: z.string(), at: Instant,
  text: z.string().meta({ description: "Plain text; empty once deleted" }), silent: z.boolean(), editedAt: Instant.nullable(), deletedAt: Instant.nullable(),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.int() })),
}).meta({ id: "Message" });

const HistoryView = z.object({ items: z.array(MessageView), nextCursor: z.string().nullable().meta({ description: "Leads to the messages before these" }), older: z.boolean(), newer: z.boolean(), lastSeq: z.int(), revision: z.int() }).meta({ id: "MessageHistory" });

const messageView = (conversationId: string, { at, editedAt, deletedAt, clientId: _clientId, ...message }: RoomMessage): z.infer<typeof MessageView> =>
  ({ id: `${conversationId}-${message.seq}`, ...message, at: isoTime(at), editedAt: isoTimeOrNull(editedAt), deletedAt: isoTimeOrNull(deletedAt) });

const conversationView = (locale: string) => (room: ListedRoom): z.infer<typeof ConversationView> => ({
  id: room.id, kind: room.kind, title: messagesFor(locale).conversations.titles[room.kind](room), schoolId: room.schoolId, childId: room.childId, staffId: room.staffId, as: room.capacity, mayWrite: room.writes === 1, looksOn: looksOn(room.capacity, room.kind),
  readsFrom: isoTime(room.readsFrom), lastAt: isoTime(room.at), lastText: room.lastText, lastSender: room.lastSender, unread: room.unread,
});

const SENT = FILE_TYPES.filter((type) => type !== "text/plain");
const own = { tag: "Conversations", actor: "required", policy: "own" } as const;
const Opened = z.object({ id: z.string() }).meta({ id: "OpenedConversation" });
const ConversationId = z.object({ conversationId: z.string() });

export const conversations = [
  endpoint({
    ...own, method: "get", path: "/conversations", summary: "My conversations, the one with the newest message first; a guardian's hold those of a child with adults", query: Paging.extend({ childId: z.string().max(60).optional(), q: z.string().trim().max(100).optional() }), answers: { 200: pageOf(ConversationView) },
    handle: async ({ ctx, actor, query: { childId, q, ...paging } }) => {
      const { items, nextCursor } = await listRooms(ctx, actor, { childId, q: q || undefined }, paging);
      return { status: 200, body: { items: items.map(conversationView(actor.locale)), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/conversations", summary: "Open a family's group, or the guardians' room with a teacher or tutor; once there it is the same", body: OpenConversationInput, answers: { 201: Opened }, refusals: [404],
    handle: async ({ ctx, actor, body }) => {
      const { id } = await openConversation(ctx, actor, keyOf(body));
      return { status: 201, body: { id } };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/conversations/{conversationId}/messages", summary: "A page of messages, oldest first: the last ones, those before one, or those after one", params: ConversationId, query: HistoryQuery.extend({ cursor: HistoryQuery.shape.before.meta({ description: "The answer's nextCursor: the messages before those" }) }), answers: { 200: HistoryView },
    handle: async ({ ctx, actor, params: { conversationId }, query: { cursor, ...query } }) => {
      const { messages, older, newer, lastSeq, revision } = await listMessages(ctx, actor, conversationId, { before: cursor, ...query });
      return { status: 200, body: { items: messages.map((message) => messageView(conversationId, message)), nextCursor: older ? String(messages[0]!.seq) : null, older, newer, lastSeq, revision } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/conversations/{conversationId}/messages", summary: "Say something; with the same clientId or Idempotency-Key again it is the same message", params: ConversationId, body: SendMessageInput, answers: { 201: MessageView }, refusals: [409],
    handle: async ({ ctx, actor, params: { conversationId }, body, idempotencyKey }) => {
      const { again: _again, ...message } = await sendMessage(ctx, actor, conversationId, { text: body.text ?? "", fileIds: body.fileIds, clientId: body.clientId ?? (await clientIdOf(idempotencyKey)) });
      return { status: 201, body: messageView(conversationId, message) };
    },
  }),
  endpoint({
    ...own, method: "patch", path: "/conversations/{conversationId}/messages/{seq}", summary: "Change one's own message, within 15 minutes", params: MessageAddress, body: EditMessageInput, answers: { 200: MessageView }, refusals: [409],
    handle: async ({ ctx, actor, params: { conversationId, seq }, body }) => ({ status: 200, body: messageView(conversationId, await editMessage(ctx, actor, conversationId, { seq, ...body })) }),
  }),
  endpoint({
    ...own, method: "delete", path: "/conversations/{conversationId}/messages/{seq}", summary: "Take one's own message back, within 15 minutes", params: MessageAddress, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params: { conversationId, seq } }) => {
      await removeMessage(ctx, actor, conversationId, seq);
      return { status: 204 };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/conversations/{conversationId}/attachments", summary: "Keep a file for a message: a picture, sound or PDF, judged by its bytes; unsent it goes after a day", params: ConversationId,
    query: z.object({ name: z.string("missing").max(200, "too_long") }), upload: [...SENT, "application/octet-stream"], answers: { 201: z.object({ id: z.string() }) }, refusals: [409],
    handle: async ({ ctx, actor, params, query: { name }, request }) => {
      const [id] = await attach(ctx, actor, params.conversationId, [{ name, bytes: new Uint8Array(await request.arrayBuffer()) }]);
      return { status: 201, body: { id: id! } };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/conversations/{conversationId}/attachments/{fileId}", summary: "A file of a message, to keep; asked anew on every read", params: z.object({ conversationId: z.string(), fileId: z.string() }), file: SENT, answers: { 200: null },
    handle: async ({ ctx, actor, params }) => {
      const found = await readRoomFile(ctx, actor, params.conversationId, params.fileId);
      return { status: 200, file: found.file.body, headers: attachmentHeaders(found) };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/conversations/{conversationId}/export", summary: "All that I may read of it as a zip: transcript, files, and the SHA-256 of each; needs a step-up", params: ConversationId, file: "application/zip", answers: { 200: null },
    handle: async ({ ctx, actor, params }) => {
      const zip = await exportRoom(ctx, actor, params.conversationId);
      return { status: 200, file: new Blob([zip]).stream(), headers: attachmentHeaders({ name: "conversation.zip", type: "application/zip", file: { size: zip.length } }) };
    },
  }),
  endpoint({
    ...own, method: "put", path: "/conversations/{conversationId}/read-pointer", summary: "How far I have read; it only moves forward", params: ConversationId, body: ReadPointerInput, answers: { 204: null },
    handle: async ({ ctx, actor, params, body }) => {
      await markRead(ctx, actor, params.conversationId, body.seq);
      return { status: 204 };
    },
  }),
];
