import * as z from "zod";
import { PasskeyInput, PasskeyNameInput, PasskeySignInInput } from "#app/domain/identity/inputs.ts";
import { registerPasskey, removePasskey, renamePasskey } from "#app/domain/identity/keep-passkey.server.ts";
import { listPasskeys } from "#app/domain/identity/security-page.server.ts";
import { offerRegistration, offerSignIn, offerStepUp } from "#app/domain/identity/offer-passkey.server.ts";
import { signInWithPasskey } from "#app/domain/identity/sign-in-with-passkey.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { IssuedToken } from "./tokens.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Offer = z.object({ challengeId: z.string(), options: z.record(z.string(), z.unknown()) }).meta({ id: "PasskeyOffer", description: "What the browser's WebAuthn is given, and the name of its challenge" });
const Passkey = z.object({ id: z.string(), name: z.string(), backedUp: z.boolean(), createdAt: Instant, lastUsedAt: Instant.nullable() }).meta({ id: "Passkey" });
const params = z.object({ passkeyId: z.string() });

export const passkeys = [
  endpoint({
    method: "post", path: "/auth/passkeys/registration-options", tag: "Identity", summary: "Begin to add a passkey", actor: "required", policy: "own", answers: { 200: Offer },
    handle: async ({ ctx, actor }) => ({ status: 200, body: await offerRegistration(ctx, actor) }),
  }),
  endpoint({
    method: "post", path: "/auth/passkeys/sign-in-options", tag: "Identity", summary: "Begin to sign in by a passkey", actor: "anyone", policy: "open", answers: { 200: Offer }, refusals: [429],
    handle: async ({ ctx }) => ({ status: 200, body: await offerSignIn(ctx) }),
  }),
  endpoint({
    method: "post", path: "/auth/passkeys/step-up-options", tag: "Identity", summary: "Begin to confirm by a passkey", actor: "required", policy: "own", answers: { 200: Offer },
    handle: async ({ ctx, actor }) => ({ status: 200, body: await offerStepUp(ctx, actor) }),
  }),
  endpoint({
    method: "post", path: "/auth/passkeys/sign-in", tag: "Identity", summary: "Sign in by a passkey and get a bearer token", actor: "anyone", policy: "open", body: PasskeySignInInput, answers: { 201: IssuedToken }, refusals: [429],
    handle: async ({ ctx, body }) => {
      const session = await signInWithPasskey(ctx, body, "bearer");
      return { status: 201, body: { token: session.token, expiresAt: isoTime(session.expiresAt) } };
    },
  }),
  endpoint({
    method: "get", path: "/auth/passkeys", tag: "Identity", summary: "The caller's passkeys", actor: "required", policy: "own", answers: { 200: pageOf(Passkey) },
    handle: async ({ ctx, actor }) => ({
      status: 200,
      body: { items: (await listPasskeys(ctx, actor)).map(({ id, name, backedUp, createdAt, lastUsedAt }) => ({ id, name, backedUp, createdAt: isoTime(createdAt), lastUsedAt: isoTimeOrNull(lastUsedAt) })), nextCursor: null },
    }),
  }),
  endpoint({
    method: "post", path: "/auth/passkeys", tag: "Identity", summary: "Add a passkey", actor: "required", policy: "own", body: PasskeyInput, answers: { 201: z.object({ id: z.string(), name: z.string() }) },
    handle: async ({ ctx, actor, body }) => ({ status: 201, body: await registerPasskey(ctx, actor, body) }),
  }),
  endpoint({
    method: "patch", path: "/auth/passkeys/{passkeyId}", tag: "Identity", summary: "Rename a passkey", actor: "required", policy: "own", params, body: PasskeyNameInput, answers: { 204: null },
    handle: async ({ ctx, actor, params: { passkeyId }, body }) => {
      await renamePasskey(ctx, actor, passkeyId, body.name);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "delete", path: "/auth/passkeys/{passkeyId}", tag: "Identity", summary: "Remove a passkey", actor: "required", policy: "own", params, answers: { 204: null },
    handle: async ({ ctx, actor, params: { passkeyId } }) => {
      await removePasskey(ctx, actor, passkeyId);
      return { status: 204 };
    },
  }),
];
