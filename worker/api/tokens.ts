import * as z from "zod";
import { SignInInput, StepUpInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { stepUp } from "#app/domain/identity/step-up.server.ts";
import { sessionCookie } from "#app/http/session.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

export const IssuedToken = z.object({ token: z.string(), expiresAt: Instant }).meta({ id: "IssuedToken" });

export const tokens = [
  endpoint({
    method: "post", path: "/auth/tokens", tag: "Identity", summary: "Sign in and get a bearer token", actor: "anyone", policy: "open",
    body: SignInInput, answers: { 201: IssuedToken }, refusals: [429],
    handle: async ({ ctx, body }) => {
      const session = await signIn(ctx, body, "bearer");
      return { status: 201, body: { token: session.token, expiresAt: isoTime(session.expiresAt) } };
    },
  }),
  endpoint({
    method: "post", path: "/auth/step-up", tag: "Identity", summary: "Confirm who is asking, for ten minutes", actor: "required", policy: "own",
    body: StepUpInput, answers: { 204: null }, refusals: [429],
    handle: async ({ ctx, actor, body }) => {
      const session = await stepUp(ctx, actor, body);
      return { status: 204, ...(session ? { headers: { "Set-Cookie": sessionCookie(ctx, session) } } : {}) };
    },
  }),
];
