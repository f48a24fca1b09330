import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { insertChallenge, selectPasskeys } from "#db/passkeys.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { MINUTE } from "../clock.ts";
import { bytesOf } from "./base64url.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS, networkOf } from "./limits.ts";
import { requireAdult } from "./require-adult.ts";

const CHALLENGE_LIFE = 10 * MINUTE;
type Purpose = "register" | "sign_in" | "step_up";
type PasskeyOffer<O> = { challengeId: string; options: O };

export const rpIdOf = (ctx: AppContext) => new URL(ctx.settings.origin).hostname;

/** What the browser needs to make a passkey. Those it has already are left out. */
export async function offerRegistration(ctx: AppContext, actor: Actor): Promise<PasskeyOffer<Awaited<ReturnType<typeof generateRegistrationOptions>>>> {
  requireAdult(actor);
  const { challengeId, challenge, write } = newChallenge(ctx, "register", actor.userId);
  const [, own] = await ctx.db.batch([write, selectPasskeys(ctx.db, actor.userId)]);
  const options = await generateRegistrationOptions({
    rpName: "Kinboard", rpID: rpIdOf(ctx), userName: actor.email ?? actor.name, userDisplayName: actor.name, userID: new TextEncoder().encode(actor.userId), challenge,
    excludeCredentials: own.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { challengeId, options };
}

/** What the browser needs to sign in by a passkey. It names nobody: the passkey says whose it is. */
export async function offerSignIn(ctx: AppContext) {
  const visit = limitedTry(ctx, LIMITS.passkeyChallenge, networkOf(ctx.visit.address));
  const { challengeId, challenge, write } = newChallenge(ctx, "sign_in", null);
  const [counted] = await ctx.db.batch([visit.count, write]);
  visit.permit(counted);
  return { challengeId, options: await generateAuthenticationOptions({ rpID: rpIdOf(ctx), challenge, userVerification: "required" }) };
}

/** What the browser needs to confirm who is signed in. */
export async function offerStepUp(ctx: AppContext, actor: Actor) {
  const { challengeId, challenge, write } = newChallenge(ctx, "step_up", actor.userId);
  const [, own] = await ctx.db.batch([write, selectPasskeys(ctx.db, actor.userId)]);
  const allowCredentials = own.map(({ id, transports }) => ({ id, transports }));
  return { challengeId, options: await generateAuthenticationOptions({ rpID: rpIdOf(ctx), challenge, allowCredentials, userVerification: "required" }) };
}

function newChallenge(ctx: AppContext, purpose: Purpose, userId: string | null) {
  const challengeId = ctx.ids.make("pkc");
  const challenge = ctx.ids.secret();
  return { challengeId, challenge: bytesOf(challenge), write: insertChallenge(ctx.db, { id: challengeId, purpose, userId, challenge, expiresAt: ctx.clock.now() + CHALLENGE_LIFE }) };
}
