import type { Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { findIdempotencyKey, insertIdempotencyKey } from "#db/operation.ts";
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

/**
 * Runs the act; when its key was used before, answers the first act's result id instead.
 * Throws conflict when the key was used for something else.
 */
export async function once(ctx: AppContext, actorId: string, repeat: Repeat | null, act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    // The key itself, or the state that the first act left behind, stood in the way.
    const inTheWay = broke(error, "UNIQUE idempotency_keys.actor_id") || (error instanceof DomainError && error.code === "conflict");
    const first = repeat && inTheWay ? await findIdempotencyKey(ctx.db, actorId, repeat.key) : null;
    if (!repeat || !first) throw error;
    if (first.fingerprint !== repeat.fingerprint) throw new DomainError("conflict", "idempotency_key_reused");
    return first.resultId;
  }
}
