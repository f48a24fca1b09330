import { selectConsentEvents } from "#db/shared-data.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { verifyAuditChain } from "../audit/verify-audit-chain.server.ts";
import { writeCsv } from "../csv.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { authorize } from "../policy.ts";
import type { changeOf } from "./set-consents.server.ts";

type Change = ReturnType<typeof changeOf>;
/** Events in a piece of the file. */
const PIECE = 500;

/** What was done to a child's consents, by whom and from where, the latest first. What was erased of an event is missing from it. */
export async function listConsentHistory(ctx: AppContext, actor: Actor, childId: string, wanted: Paging) {
  const list = plan(ctx, actor, childId, wanted);
  return list.page(await list.select);
}
export type ConsentEvent = Awaited<ReturnType<typeof listConsentHistory>>["items"][number];

function plan(ctx: AppContext, actor: Actor, childId: string, { cursor, limit }: Paging) {
  authorize(actor, "consent:view", childId);
  const select = selectConsentEvents(ctx.db, childId, { before: cursor, limit: limit + 1 });
  const page = (rows: Awaited<typeof select>) => {
    const { items, nextCursor } = pageOf(rows, limit, byId);
    return {
      items: items.map(({ details, ...event }) => {
        const { changes = [], reason = null } = (details ?? {}) as { changes?: Change[]; reason?: string | null };
        // From where a guardian acted is not the child's to know.
        return { ...event, ...(actor.userId === childId ? { address: null, userAgent: null } : {}), changes, reason };
      }),
      nextCursor,
    };
  };
  return { select, page };
}

/** The same as CSV, a line for each cell, piece by piece, however long it is. That somebody took it along is itself an event. Refuses before the first byte. */
export async function writeConsentHistory(ctx: AppContext, actor: Actor, childId: string): Promise<AsyncIterable<string>> {
  const list = plan(ctx, actor, childId, { limit: PIECE });
  const [rows] = await ctx.db.batch([list.select, record(ctx, actor, { action: "consent.exported", subjectId: childId, childId })]);
  const first = list.page(rows);
  return (async function* () {
    yield writeCsv([["at", "action", "by", "data type", "recipient", "before", "before until", "after", "after until", "reason", "address", "user agent", "event"]]);
    for (let page = first; ; page = await listConsentHistory(ctx, actor, childId, { limit: PIECE, cursor: page.nextCursor })) {
      yield writeCsv(page.items.flatMap(linesOf));
      if (page.nextCursor === null) return;
    }
  })();
}

function linesOf(event: ConsentEvent) {
  const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
  const word = (granted: boolean) => (granted ? "open" : "closed");
  return event.changes.map(({ dataType, recipient, from, to }) =>
    [time(event.at), event.action, event.actor, dataType, recipient, word(from.granted), time(from.until), word(to.granted), time(to.until), event.reason, event.address, event.userAgent, event.id]);
}

/** Whether the child's part of the hash chain is whole, a stretch at a time. */
export async function verifyConsentHistory(ctx: AppContext, actor: Actor, childId: string, stretch: { from?: string | undefined; limit?: number | undefined } = {}) {
  authorize(actor, "consent:view", childId);
  return verifyAuditChain(ctx, { childId }, stretch);
}
