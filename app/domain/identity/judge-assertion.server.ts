import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { countPasskeyUse, selectPasskey, takeChallenge, type Passkey } from "#db/passkeys.ts";
import type { AppContext } from "../../context.ts";
import { DomainError } from "../errors.ts";
import { base64urlOf, bytesOf } from "./base64url.ts";
import type { PasskeySignInInput } from "./inputs.ts";
import { rpIdOf } from "./offer-passkey.server.ts";

type Taken = { challenge: string; userId: string | null } | undefined;

export const passkeyRefused = () => new DomainError("unauthenticated", "passkey_refused");

/** What the caller's first batch has to fetch. The challenge is gone after it, whatever is found wrong. */
export const lookAtAssertion = (ctx: AppContext, purpose: "sign_in" | "step_up", shown: PasskeySignInInput) =>
  [takeChallenge(ctx.db, shown.challengeId, purpose, ctx.clock.now()), selectPasskey(ctx.db, shown.credential.id)] as const;

/**
 * Judges what a passkey signed: our challenge, for this person, at our origin and for our name, with the user verified, by the stored
 * key, counted further than before. Answers the write that counts the use. Throws unauthenticated.
 */
export async function judgeAssertion(ctx: AppContext, shown: PasskeySignInInput, taken: Taken, passkey: Passkey | undefined): Promise<{ userId: string; writes: Write[] }> {
  const { response } = shown.credential;
  if (!taken || !passkey || (taken.userId !== null && taken.userId !== passkey.userId)) throw passkeyRefused();
  if (response.userHandle && response.userHandle !== base64urlOf(new TextEncoder().encode(passkey.userId))) throw passkeyRefused();
  const { verified, authenticationInfo: used } = await verifyAuthenticationResponse({
    response: shown.credential as AuthenticationResponseJSON,
    expectedChallenge: taken.challenge,
    expectedOrigin: ctx.settings.origin,
    expectedRPID: rpIdOf(ctx),
    requireUserVerification: true,
    credential: { id: passkey.id, publicKey: bytesOf(passkey.publicKey), counter: passkey.counter, transports: passkey.transports },
  }).catch((error: unknown) => {
    // The library says no by throwing.
    ctx.log("passkey.refused", { why: String(error).slice(0, 100) });
    throw passkeyRefused();
  });
  // Whether a passkey may be backed up never changes: another answer comes from another key.
  if (!verified || isFramed(response.clientDataJSON) || used.credentialDeviceType !== passkey.deviceType) throw passkeyRefused();
  return { userId: passkey.userId, writes: [countPasskeyUse(ctx.db, passkey.userId, passkey.id, { counter: used.newCounter, backedUp: used.credentialBackedUp, now: ctx.clock.now() })] };
}

/** Signed inside another site's page; ours is never shown in one. The signature over it has been checked by now. */
function isFramed(clientDataJSON: string): boolean {
  return (JSON.parse(new TextDecoder().decode(bytesOf(clientDataJSON))) as { crossOrigin?: unknown }).crossOrigin === true;
}

/** Commits what an assertion opens. Throws unauthenticated when a copy of the passkey was counted meanwhile. */
export async function withPasskey<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw broke(error, "NOT NULL passkeys.counter") ? passkeyRefused() : error;
  }
}
