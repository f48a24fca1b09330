import { DAY } from "../clock.ts";

/** How long a closed ticket opens again by a word of who opened it. */
const REOPEN_WITHIN = 14 * DAY;

export const isClosed = (ticket: { closedAt: number | null }, now: number) => ticket.closedAt !== null && ticket.closedAt <= now;

/** Whether that person may write: everybody in an open ticket; in a closed one who opened it, for a time. */
export const takesReply = (ticket: { closedAt: number | null; openedBy: string }, userId: string, now: number) =>
  !isClosed(ticket, now) || (ticket.openedBy === userId && now < ticket.closedAt! + REOPEN_WITHIN);
