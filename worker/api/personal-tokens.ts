import * as z from "zod";
import { NewTokenInput } from "#app/domain/identity/inputs.ts";
import { listTokens, makeToken, revokeToken, type PersonalToken } from "#app/domain/identity/personal-tokens.server.ts";
import { SCOPES } from "#app/domain/identity/scopes.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Token = z.object({ id: z.string(), name: z.string(), scopes: z.array(z.enum(SCOPES)), createdAt: Instant, expiresAt: Instant, lastUsedAt: Instant.nullable() }).meta({ id: "PersonalToken" });
const Made = Token.extend({ token: z.string().meta({ description: "Shown this once" }) }).meta({ id: "NewPersonalToken" });

const view = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: PersonalToken) => ({ id, name, scopes, createdAt: isoTime(createdAt), expiresAt: isoTime(expiresAt), lastUsedAt: isoTimeOrNull(lastUsedAt) });

export const personalTokens = [
  endpoint({
    method: "get", path: "/me/tokens", tag: "Identity", summary: "The caller's tokens for programs", actor: "required", policy: "own", answers: { 200: pageOf(Token) },
    handle: async ({ ctx, actor }) => ({ status: 200, body: { items: (await listTokens(ctx, actor)).map(view), nextCursor: null } }),
  }),
  endpoint({
    method: "post", path: "/me/tokens", tag: "Identity", summary: "Make a token for a program, with scopes and an end; needs a step-up", actor: "required", policy: "own", body: NewTokenInput, answers: { 201: Made }, refusals: [409],
    handle: async ({ ctx, actor, body }) => {
      const made = await makeToken(ctx, actor, body);
      return { status: 201, body: { ...view(made), token: made.token } };
    },
  }),
  endpoint({
    method: "delete", path: "/me/tokens/{tokenId}", tag: "Identity", summary: "End a token", actor: "required", policy: "own", params: z.object({ tokenId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await revokeToken(ctx, actor, params.tokenId);
      return { status: 204 };
    },
  }),
];
