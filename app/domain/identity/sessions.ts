import { DAY, MINUTE } from "../clock.ts";

/** A session as handed to its owner: the token is shown here once and stored only as a hash. */
export type IssuedSession = { sessionId: string; token: string; expiresAt: number };

/** How long each kind lasts. A half-session only carries somebody to the second factor. */
export const SESSION_LIFE = { browser: 30 * DAY, bearer: 30 * DAY, half: 10 * MINUTE } as const;
export const STEP_UP_LIFE = 10 * MINUTE;

export async function hashToken(token: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
