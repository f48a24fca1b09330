import { commit } from "#db/client.ts";
import { closeTicket as setClosed } from "#db/tickets.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import type { RoomMessage } from "../chat/rooms.ts";
import { DomainError } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { findTicket } from "./find-ticket.server.ts";
import type { ReplyInput } from "./inputs.ts";
import { isClosed, takesReply } from "./rules.ts";

/** Says something in a ticket and tells the other side. A word of who opened it opens a closed one again. Safe to repeat. */
export async function replyToTicket(ctx: AppContext, actor: Actor, id: string, { text, clientId }: ReplyInput): Promise<RoomMessage> {
  const { ticket, others } = await findTicket(ctx, actor, id);
  const now = ctx.clock.now();
  if (!takesReply(ticket, actor.userId, now)) throw new DomainError("conflict", "ticket_closed");
  const sent = await ctx.rooms.send(id, { senderId: actor.userId, senderName: actor.name, clientId, text, at: now, silent: false, files: [] });
  if ("refused" in sent) throw new DomainError("conflict", "message_other_text");
  const news = notify(ctx, others, { type: "support.answered", facts: { by: actor.name, subject: ticket.subject ?? "" }, path: `/support/tickets/${id}`, cause: `${id}.${sent.message.seq}`, severity: "attention" });
  const again = isClosed(ticket, now) ? [setClosed(ctx.db, id, null), record(ctx, actor, { action: "support.ticket_reopened", subjectId: id, schoolId: ticket.schoolId })] : [];
  if (news.writes.length + again.length > 0) await commit(ctx.db, [...again, ...news.writes]);
  await ctx.jobs.ring(news.jobIds);
  return sent.message;
}

/** Either side says that it is over. */
export async function closeTicket(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const { ticket, others } = await findTicket(ctx, actor, id);
  const now = ctx.clock.now();
  if (isClosed(ticket, now)) return;
  const news = notify(ctx, others, { type: "support.closed", facts: { by: actor.name, subject: ticket.subject ?? "" }, path: `/support/tickets/${id}`, cause: `${id}.closed.${now}` });
  await commit(ctx.db, [setClosed(ctx.db, id, now), record(ctx, actor, { action: "support.ticket_closed", subjectId: id, schoolId: ticket.schoolId }), ...news.writes]);
  await ctx.jobs.ring(news.jobIds);
}
