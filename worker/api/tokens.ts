import * as z from "zod";
import { SignInInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const IssuedToken = z.object({ token: z.string(), expiresAt: Instant }).meta({ id: "IssuedToken" });

export const tokens = [
  endpoint({
    method: "post", path: "/auth/tokens", tag: "Identity", summary: "Sign in and get a bearer token", actor: "anyone", policy: "open",
    body: SignInInput, answers: { 201: IssuedToken }, refusals: [429],
    handle: async ({ ctx, body }) => {
      const session = await signIn(ctx, body, "bearer");
      return { status: 201, body: { token: session.token, expiresAt: isoTime(session.expiresAt) } };
    },
  }),
];
