import { selectOwnTickets, selectQueue, type TicketCursor, type TicketRow } from "#db/tickets.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { invalid } from "../errors.ts";
import { requireAdult } from "../identity/require-adult.ts";
import { pageOf, type Paging } from "../paging.ts";
import { authorize, can } from "../policy.ts";
import { findTicket } from "./find-ticket.server.ts";
import type { TicketListQuery } from "./inputs.ts";
import { isClosed, takesReply } from "./rules.ts";

export type ListedTicket = Omit<TicketRow, "waiting"> & { open: boolean; waiting: boolean };

/** The actor's own tickets, or those of a school at which they answer. */
export async function listTickets(ctx: AppContext, actor: Actor, { schoolId, status }: TicketListQuery, { limit, cursor }: Paging) {
  if (schoolId === undefined) requireAdult(actor);
  else authorize(actor, "school:answer", schoolId);
  const now = ctx.clock.now();
  const paged = { after: readCursor(cursor), limit: limit + 1 };
  const [found] = await ctx.db.batch([schoolId === undefined ? selectOwnTickets(ctx.db, actor.userId, paged) : selectQueue(ctx.db, schoolId, status === "open", now, paged)]);
  const { items, nextCursor } = pageOf(found, limit, (last) => `${last.waiting}.${status === "closed" ? last.closedAt : last.lastAt}.${last.id}`);
  return { items: items.map((row): ListedTicket => ({ ...row, open: !isClosed(row, now), waiting: row.waiting === 1 && !isClosed(row, now) })), nextCursor };
}

/** The schools whose tickets this person answers. */
export const answersAt = (actor: Actor) => [...new Map(actor.memberships.filter(({ schoolId }) => can(actor, "school:answer", schoolId)).map(({ schoolId, schoolName }) => [schoolId, schoolName]))].map(([id, name]) => ({ id, name }));

/** A ticket with a page of what was said: the last of it, or what was said before a message. Once it is answered, what it shows counts as read. */
export async function readTicket(ctx: AppContext, actor: Actor, id: string, asked: { limit: number; before?: number | undefined }) {
  const { ticket, place } = await findTicket(ctx, actor, id);
  const now = ctx.clock.now();
  const { readsFrom } = place;
  const { messages, older, newer, revision, pointers } = await ctx.rooms.history(id, { readsFrom, ...asked });
  const [shown, read] = [messages.at(-1)?.seq ?? 0, pointers.find(({ userId }) => userId === actor.userId)?.seq ?? 0];
  if (read < shown) ctx.afterAnswer(() => ctx.rooms.read(id, { userId: actor.userId, seq: shown, at: now, readsFrom }));
  const open = !isClosed(ticket, now);
  return { ...ticket, waiting: ticket.waiting === 1 && open, open, takesReply: takesReply(ticket, actor.userId, now), messages, older, newer, revision, /** How far the others have read. */ seen: Math.max(0, ...pointers.filter(({ userId }) => userId !== actor.userId).map(({ seq }) => seq)) };
}

function readCursor(cursor: string | undefined): TicketCursor | undefined {
  if (cursor === undefined) return undefined;
  const parts = /^([01])\.(\d{1,15})\.(\w{1,60})$/.exec(cursor);
  if (!parts) throw invalid("cursor", "invalid");
  return { waiting: Number(parts[1]), at: Number(parts[2]), id: parts[3]! };
}
