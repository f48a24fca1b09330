import { verifyRegistrationResponse, type RegistrationResponseJSON } from "@simplewebauthn/server";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { deletePasskey, hasPasskey, insertPasskey, renamePasskey as rename, takeChallenge } from "#db/passkeys.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { announceChange } from "./announce-change.server.ts";
import { base64urlOf } from "./base64url.ts";
import type { PasskeyInput } from "./inputs.ts";
import { rpIdOf } from "./offer-passkey.server.ts";
import { requireAdult } from "./require-adult.ts";

const unusable = () => new DomainError("invalid_input", "passkey_unusable");

/** Keeps a new passkey. The challenge is taken out before what was signed is looked at. */
export async function registerPasskey(ctx: AppContext, actor: Actor, input: PasskeyInput): Promise<{ id: string; name: string }> {
  requireAdult(actor);
  requireStepUp(actor, ctx.clock.now());
  const [taken] = await takeChallenge(ctx.db, input.challengeId, "register", ctx.clock.now());
  if (taken?.userId !== actor.userId) throw unusable();
  const { verified, registrationInfo: made } = await verifyRegistrationResponse({
    response: input.credential as RegistrationResponseJSON, expectedChallenge: taken.challenge, expectedOrigin: ctx.settings.origin, expectedRPID: rpIdOf(ctx), requireUserVerification: true,
  }).catch(() => { throw unusable(); });
  if (!verified) throw unusable();
  const told = announceChange(ctx, actor, "passkey_added", made.credential.id);
  try {
    await commit(ctx.db, [
      insertPasskey(ctx.db, {
        id: made.credential.id, userId: actor.userId, name: input.name, publicKey: base64urlOf(made.credential.publicKey), counter: made.credential.counter,
        transports: made.credential.transports ?? [], deviceType: made.credentialDeviceType, backedUp: made.credentialBackedUp, createdAt: ctx.clock.now(),
      }),
      ...told.writes,
    ]);
  } catch (error) {
    throw broke(error, "UNIQUE passkeys.id") ? unusable() : error;
  }
  await ctx.jobs.ring(told.jobIds);
  return { id: made.credential.id, name: input.name };
}

export async function renamePasskey(ctx: AppContext, actor: Actor, passkeyId: string, name: string): Promise<void> {
  if (!(await hasPasskey(ctx.db, actor.userId, passkeyId))) throw notFound();
  await commit(ctx.db, [rename(ctx.db, actor.userId, passkeyId, name), record(ctx, actor, { action: "security.passkey_renamed", subjectId: passkeyId, details: { name } })]);
}

export async function removePasskey(ctx: AppContext, actor: Actor, passkeyId: string): Promise<void> {
  requireStepUp(actor, ctx.clock.now());
  if (!(await hasPasskey(ctx.db, actor.userId, passkeyId))) throw notFound();
  const told = announceChange(ctx, actor, "passkey_removed", passkeyId);
  await commit(ctx.db, [deletePasskey(ctx.db, actor.userId, passkeyId), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
}
