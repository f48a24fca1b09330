import type { Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertIdempotencyKey, selectIdempotencyKey } from "#db/operation.ts";
import type { AppContext } from "../context.ts";
import { DomainError } from "./errors.ts";

/** A repeat of an act that the caller asked for once: the key it sent, and a digest of what it asked. */
export type Repeat = { key: string; fingerprint: string };

export async function repeatOf(key: string | null | undefined, asked: unknown): Promise<Repeat | null> {
  if (!key) return null;
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(asked)));
  return { key, fingerprint: [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** To stand in the act's batch: a second act under the same key breaks it. */
export function claimRepeat(ctx: AppContext, actorId: string, repeat: Repeat | null, resultId: string): Write[] {
  return repeat ? [insertIdempotencyKey(ctx.db, { actorId, key: repeat.key, fingerprint: repeat.fingerprint, resultId, createdAt: ctx.clock.now() })] : [];
}

/** Whether this is a repeat, as a statement for the caller's batch; without a key it finds nothing. */
export const selectRepeat = (ctx: AppContext, actorId: string, repeat: Repeat | null) => selectIdempotencyKey(ctx.db, actorId, repeat?.key ?? "");

/** The first act's result id, if this is a repeat. Throws conflict when the key was used for something else. */
export function firstResult(repeat: Repeat | null, [first]: { fingerprint: string; resultId: string }[]): string | null {
  if (!first || !repeat) return null;
  if (first.fingerprint !== repeat.fingerprint) throw new DomainError("conflict", "idempotency_key_reused");
  return first.resultId;
}

/** The same, asked by itself. */
export const findRepeat = async (ctx: AppContext, actorId: string, repeat: Repeat | null): Promise<string | null> =>
  repeat && firstResult(repeat, await selectRepeat(ctx, actorId, repeat));

/**
 * Runs the act; when its key was used before, answers the first act's result id instead. What the act does outside the database
 * before its batch would be done again: such an act asks `findRepeat` first.
 */
export async function once(ctx: AppContext, actorId: string, repeat: Repeat | null, act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (!repeat || !broke(error, "UNIQUE idempotency_keys.actor_id")) throw error;
    const first = await findRepeat(ctx, actorId, repeat);
    if (first === null) throw error;
    return first;
  }
}
