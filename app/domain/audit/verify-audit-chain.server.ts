import { walkChain, type ChainScope, type WalkedSeal } from "#db/audit-chain.ts";
import type { AppContext } from "../../context.ts";
import { linkOf, partsOf, pseudonymOf } from "./chain.ts";

/**
 * `changed`: the event is not what was sealed. `missing`: it was sealed and is gone. `broken_link`: the seal does not follow from its
 * forerunner, so one of the two was rewritten or others between them removed. `unsealed`: it stands among sealed ones and has no seal.
 */
type ChainFault = { code: "changed" | "missing" | "broken_link" | "unsealed"; eventId: string; at: number | null };

export type ChainVerification = {
  /** How many seals were looked at, and of how many events a part was erased, as the log itself says. */
  checked: number;
  erased: number;
  /** In the order of the chain, the first one first. */
  faults: ChainFault[];
  /** Recorded and not sealed yet. */
  unsealed: number;
  /** The part's last seal, whose digest covers the whole chain before it: written down elsewhere, it shows later that nothing of that was rewritten. */
  head: { digest: string; sealedAt: number } | null;
  /** Where to go on; null: that was the end. */
  next: string | null;
};

type ChainPart = { schoolId: string } | { childId: string } | "all";

const MOST = 500;

/** Recomputes a stretch of the chain, of the whole log or of one school's or child's part of it. The caller says who may ask. One round trip. */
export async function verifyAuditChain(ctx: AppContext, part: ChainPart, { from = null, limit = MOST }: { from?: string | null | undefined; limit?: number | undefined } = {}): Promise<ChainVerification> {
  const scope: ChainScope = part !== "all" && "childId" in part ? { ...part, child: await pseudonymOf(part.childId) } : part;
  const { seals, withoutSeal, unsealed, head } = await walkChain(ctx.db, scope, from, limit);
  const judged = await Promise.all(seals.map(judge));
  const slippedIn = withoutSeal.map(({ id, at }): ChainFault => ({ code: "unsealed", eventId: id, at }));
  return {
    checked: seals.length, erased: seals.filter(({ event }) => event && (event.whoSalt === null || event.whatSalt === null)).length,
    faults: [...judged.flat(), ...slippedIn], unsealed, head, next: seals.length === limit ? seals.at(-1)!.seal.eventId : null,
  };
}

async function judge({ seal, previous, event, erasureKnown }: WalkedSeal): Promise<ChainFault[]> {
  const faults: ChainFault[] = [];
  const fault = (code: ChainFault["code"]) => faults.push({ code, eventId: seal.eventId, at: event?.at ?? null });
  if ((await linkOf(previous, seal)) !== seal.digest) fault("broken_link");
  if (!event) fault("missing");
  else {
    const found = await partsOf(event);
    // Only what an erasure in the log accounts for may have lost its salt, and with it its digest.
    const same = (digest: "who" | "what", salt: string | null) => found[digest] === seal[digest] || (salt === null && erasureKnown);
    if (found.eventId !== seal.eventId || found.frame !== seal.frame || !same("who", event.whoSalt) || !same("what", event.whatSalt)) fault("changed");
  }
  return faults;
}
