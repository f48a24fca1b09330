import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { OpenTicketInput, ReplyInput, TicketListQuery } from "#app/domain/support/inputs.ts";
import { openTicket } from "#app/domain/support/open-ticket.server.ts";
import { listTickets, readTicket, type ListedTicket } from "#app/domain/support/read-tickets.server.ts";
import { closeTicket, replyToTicket } from "#app/domain/support/reply-to-ticket.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const ticket = {
  id: z.string(), subject: z.string().nullable(), schoolId: z.string(), school: z.string(), openedBy: z.string().meta({ description: "The name of who asked" }), open: z.boolean(),
  waiting: z.boolean().meta({ description: "The school's turn to answer" }), createdAt: Instant, lastAt: Instant, closedAt: Instant.nullable(),
};
const Ticket = z.object({ ...ticket, lastText: z.string().nullable() }).meta({ id: "Ticket" });
const TicketMessage = z.object({ seq: z.int(), senderId: z.string().nullable(), senderName: z.string(), at: Instant, text: z.string(), deleted: z.boolean() }).meta({ id: "TicketMessage" });
const TicketThread = z.object({ ...ticket, takesReply: z.boolean(), messages: z.array(TicketMessage), older: z.boolean() }).meta({ id: "TicketThread" });

const viewOf = ({ id, subject, schoolId, school, opener, open, waiting, createdAt, lastAt, closedAt }: Omit<ListedTicket, "lastText">) =>
  ({ id, subject, schoolId, school, openedBy: opener, open, waiting, createdAt: isoTime(createdAt), lastAt: isoTime(lastAt), closedAt: isoTimeOrNull(closedAt) });
const TicketId = z.object({ ticketId: z.string() });

export const supportTickets = [
  endpoint({
    method: "get", path: "/support/tickets", tag: "Support", summary: "One's own tickets; with a school, those that its people answer, the longest waiting first", actor: "required", policy: "own",
    query: Paging.extend(TicketListQuery.shape), answers: { 200: pageOf(Ticket) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listTickets(ctx, actor, query, query);
      return { status: 200, body: { items: items.map((item) => ({ ...viewOf(item), lastText: item.lastText })), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/support/tickets", tag: "Support", summary: "Ask the people of a school for help", actor: "required", policy: "own", body: OpenTicketInput, answers: { 201: TicketId }, refusals: [409, 429],
    handle: async ({ ctx, actor, body, idempotencyKey }) => ({ status: 201, body: { ticketId: await openTicket(ctx, actor, body, await repeatOf(idempotencyKey, ["open-ticket", body])) } }),
  }),
  endpoint({
    method: "get", path: "/support/tickets/{ticketId}", tag: "Support", summary: "A ticket and the last of what was said, or what was said before a message", actor: "required", policy: "own", params: TicketId,
    query: z.object({ limit: Paging.shape.limit, before: z.coerce.number().int().min(1).optional() }), answers: { 200: TicketThread },
    handle: async ({ ctx, actor, params, query }) => {
      const { messages, older, takesReply, ...row } = await readTicket(ctx, actor, params.ticketId, query);
      return { status: 200, body: { ...viewOf(row), takesReply, older, messages: messages.map(({ seq, senderId, senderName, at, text, deletedAt }) => ({ seq, senderId, senderName, at: isoTime(at), text, deleted: deletedAt !== null })) } };
    },
  }),
  endpoint({
    method: "post", path: "/support/tickets/{ticketId}/messages", tag: "Support", summary: "Answer; who opened it opens a closed one again within 14 days", actor: "required", policy: "own", params: TicketId, body: ReplyInput, answers: { 201: z.object({ seq: z.int() }) }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => ({ status: 201, body: { seq: (await replyToTicket(ctx, actor, params.ticketId, body)).seq } }),
  }),
  endpoint({
    method: "post", path: "/support/tickets/{ticketId}/closure", tag: "Support", summary: "Say that it is over", actor: "required", policy: "own", params: TicketId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await closeTicket(ctx, actor, params.ticketId);
      return { status: 204 };
    },
  }),
];
