import { placeIn, selectPlace, type Place } from "#db/talkers.ts";
import { selectAnswerers, selectTicket, type TicketRow } from "#db/tickets.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";

type OpenedTicket = { ticket: TicketRow; place: Place; /** Whom a word of this actor is for. */ others: string[] };

/** A ticket in which the actor has a place. Of the school's people those who took part are told, or all while nobody has. */
export async function findTicket(ctx: AppContext, actor: Actor, id: string): Promise<OpenedTicket> {
  const [[placeRow], [ticket], answerers] = await ctx.db.batch([selectPlace(ctx.db, actor.userId, id, ctx.clock.now()), selectTicket(ctx.db, id), selectAnswerers(ctx.db, { ofTicket: id })]);
  const place = placeIn(placeRow);
  if (!place || !ticket) throw notFound();
  const part = answerers.filter(({ tookPart }) => tookPart === 1);
  const school = (part.length > 0 ? part : answerers).map(({ userId }) => userId);
  return { ticket, place, others: ticket.openedBy === actor.userId ? school.filter((userId) => userId !== actor.userId) : [ticket.openedBy] };
}
