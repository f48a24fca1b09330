import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { SignUpInput, VerifyEmailInput } from "#app/domain/identity/inputs.ts";
import { signUp as begin } from "#app/domain/identity/sign-up.server.ts";
import { verifyEmail } from "#app/domain/identity/verify-email.server.ts";
import { endpoint } from "./endpoint.ts";
import { IssuedToken } from "./tokens.ts";
import { isoTime } from "./views.ts";

const SignUpBegun = z.object({ signUpId: z.string(), email: z.string() }).meta({ id: "SignUpBegun", description: "A code is on its way, or the news that there is an account already" });
const SignedUp = IssuedToken.extend({ userId: z.string(), familyId: z.string().nullable() }).meta({ id: "SignedUp" });

export const signUp = [
  endpoint({
    method: "post", path: "/auth/sign-up", tag: "Identity", summary: "Begin to sign up as a guardian; a code is mailed", actor: "anyone", policy: "open",
    body: SignUpInput, answers: { 202: SignUpBegun }, refusals: [409, 429],
    handle: async ({ ctx, body, idempotencyKey }) => ({ status: 202, body: { signUpId: await begin(ctx, body, await repeatOf(idempotencyKey, ["sign-up", body])), email: body.email } }),
  }),
  endpoint({
    method: "post", path: "/auth/email/verify", tag: "Identity", summary: "Confirm the address by the mailed code: makes the user and the first family", actor: "anyone", policy: "open",
    body: VerifyEmailInput, answers: { 201: SignedUp }, refusals: [409, 429],
    handle: async ({ ctx, body }) => {
      const { token, expiresAt, userId, familyId } = await verifyEmail(ctx, body, "bearer");
      return { status: 201, body: { token, expiresAt: isoTime(expiresAt), userId, familyId } };
    },
  }),
];
