import * as z from "zod";
import { announce, readAnnouncements } from "#app/domain/announcements/announce.server.ts";
import { clientIdOf } from "#app/domain/chat/client-id.ts";
import { dropPlanned, listPlanned, sayLater } from "#app/domain/chat/plan-message.server.ts";
import { AnnounceInput, PlanMessageInput } from "#app/domain/chat/timed-inputs.ts";
import { endpoint, Paging } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const ConversationId = z.object({ conversationId: z.string() });
const PlannedMessage = z.object({ id: z.string(), text: z.string(), silent: z.boolean(), sendAt: Instant }).meta({ id: "PlannedMessage" });
const Announcements = z.object({
  conversationId: z.string(), of: z.int().meta({ description: "How many they are for" }), older: z.int().nullable(), planned: z.array(PlannedMessage),
  items: z.array(z.object({ seq: z.int(), at: Instant, text: z.string(), silent: z.boolean(), deleted: z.boolean(), seen: z.int().meta({ description: "By how many of them" }) })),
  nextCursor: z.null(),
}).meta({ id: "Announcements" });
const plannedView = ({ dueAt, ...planned }: { id: string; text: string; silent: boolean; dueAt: number }) => ({ ...planned, sendAt: isoTime(dueAt) });

export const announcements = [
  endpoint({
    method: "post", path: "/announcements", tag: "Conversations", summary: "Tell a class that one teaches, or a school that one runs; now or at a later instant", actor: "required", policy: "own", body: AnnounceInput,
    answers: { 201: z.object({ conversationId: z.string(), seq: z.int().nullable().meta({ description: "Null: it waits for its time" }) }) }, refusals: [409, 429],
    handle: async ({ ctx, actor, body: { classId, schoolId, ...timed }, idempotencyKey }) => ({ status: 201, body: await announce(ctx, actor, { classId, schoolId }, { ...timed, clientId: timed.clientId ?? (await clientIdOf(idempotencyKey)) ?? ctx.ids.make("msg") }) }),
  }),
  endpoint({
    method: "get", path: "/announcements/{announcementId}", tag: "Conversations", summary: "One's own announcements to an audience, with how many have seen each and what waits", actor: "required", policy: "own", params: z.object({ announcementId: z.string() }),
    query: z.object({ limit: Paging.shape.limit, before: z.coerce.number().int().min(1).optional() }), answers: { 200: Announcements },
    handle: async ({ ctx, actor, params, query }) => {
      const { conversationId, of, older, planned, items } = await readAnnouncements(ctx, actor, params.announcementId, query);
      return { status: 200, body: { conversationId, of, older, planned: planned.map(plannedView), items: items.map(({ seq, at, text, silent, deleted, seen }) => ({ seq, at: isoTime(at), text, silent, deleted, seen })), nextCursor: null } };
    },
  }),
  endpoint({
    method: "get", path: "/conversations/{conversationId}/planned-messages", tag: "Conversations", summary: "What one has waiting to be said there, the next first", actor: "required", policy: "own", params: ConversationId, answers: { 200: z.object({ items: z.array(PlannedMessage), nextCursor: z.null() }) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: (await listPlanned(ctx, actor, params.conversationId)).map(plannedView), nextCursor: null } }),
  }),
  endpoint({
    method: "post", path: "/conversations/{conversationId}/planned-messages", tag: "Conversations", summary: "Say something at a later instant, or silently now", actor: "required", policy: "own", params: ConversationId, body: PlanMessageInput,
    answers: { 201: z.object({ id: z.string(), seq: z.int().nullable().meta({ description: "Null: it waits for its time" }) }) }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const id = body.clientId ?? (await clientIdOf(idempotencyKey)) ?? ctx.ids.make("msg");
      return { status: 201, body: { id, seq: (await sayLater(ctx, actor, params.conversationId, { ...body, clientId: id }))?.seq ?? null } };
    },
  }),
  endpoint({
    method: "delete", path: "/conversations/{conversationId}/planned-messages/{plannedId}", tag: "Conversations", summary: "Call one off before its time", actor: "required", policy: "own", params: ConversationId.extend({ plannedId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await dropPlanned(ctx, actor, params.conversationId, params.plannedId);
      return { status: 204 };
    },
  }),
];
