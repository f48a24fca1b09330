import { selectConsentEvents } from "#db/shared-data.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { verifyAuditChain } from "../audit/verify-audit-chain.server.ts";
import { writeCsv } from "../csv.ts";
import { authorize } from "../policy.ts";
import type { changeOf } from "./set-consents.server.ts";

type Change = ReturnType<typeof changeOf>;
/** Far more than families ever change; a file holds no more. */
const MOST = 5_000;

/** What was done to a child's consents, by whom and from where, the latest first. What was erased of an event is missing from it. */
export async function listConsentHistory(ctx: AppContext, actor: Actor, childId: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  authorize(actor, "consent:view", childId);
  const rows = await selectConsentEvents(ctx.db, childId, { before: cursor, limit: limit + 1 });
  const items = rows.slice(0, limit).map(({ details, ...event }) => {
    const { changes = [], reason = null } = (details ?? {}) as { changes?: Change[]; reason?: string | null };
    // From where a guardian acted is not the child's to know.
    return { ...event, ...(actor.userId === childId ? { address: null, userAgent: null } : {}), changes, reason };
  });
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}
export type ConsentEvent = Awaited<ReturnType<typeof listConsentHistory>>["items"][number];

/** The same as CSV, a line for each cell. Refuses before the first byte. */
export async function writeConsentHistory(ctx: AppContext, actor: Actor, childId: string): Promise<AsyncIterable<string>> {
  const { items } = await listConsentHistory(ctx, actor, childId, { limit: MOST });
  const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString());
  const word = (granted: boolean) => (granted ? "open" : "closed");
  const file = writeCsv([
    ["at", "action", "by", "data type", "recipient", "before", "before until", "after", "after until", "reason", "address", "user agent", "event"],
    ...items.flatMap((event) => event.changes.map(({ dataType, recipient, from, to }) =>
      [time(event.at), event.action, event.actor, dataType, recipient, word(from.granted), time(from.until), word(to.granted), time(to.until), event.reason, event.address, event.userAgent, event.id])),
  ]);
  return (async function* () {
    yield file;
  })();
}

/** Whether the child's part of the hash chain is whole, a stretch at a time. */
export async function verifyConsentHistory(ctx: AppContext, actor: Actor, childId: string, stretch: { from?: string | undefined; limit?: number | undefined } = {}) {
  authorize(actor, "consent:view", childId);
  return verifyAuditChain(ctx, { childId }, stretch);
}
