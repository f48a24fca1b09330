import * as z from "zod";
import { changePassword } from "#app/domain/identity/change-password.server.ts";
import { ChangePasswordInput, ForgottenPasswordInput, ResetPasswordInput, SetUpAccountInput } from "#app/domain/identity/inputs.ts";
import { requestPasswordReset } from "#app/domain/identity/request-mail.server.ts";
import { resetPassword } from "#app/domain/identity/reset-password.server.ts";
import { setUpAccount } from "#app/domain/identity/set-up-account.server.ts";
import { DomainError } from "#app/domain/errors.ts";
import { endpoint } from "./endpoint.ts";
import { IssuedToken } from "./tokens.ts";
import { isoTime } from "./views.ts";

const Requested = z.object({ email: z.string() }).meta({ id: "MailRequested", description: "If somebody has this address, a mail is on its way to them" });

export const passwords = [
  endpoint({
    method: "put", path: "/me/password", tag: "Identity", summary: "Change the password, by the present one or after a step-up; other sessions end", actor: "required", policy: "own", toOwnPassword: true,
    body: ChangePasswordInput, answers: { 204: null }, refusals: [429],
    handle: async ({ ctx, actor, body }) => {
      await changePassword(ctx, actor, body);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/auth/password-reset", tag: "Identity", summary: "Ask for a link to a new password; the answer is the same for every address", actor: "anyone", policy: "open",
    body: ForgottenPasswordInput, answers: { 202: Requested }, refusals: [429],
    handle: async ({ ctx, body }) => {
      await requestPasswordReset(ctx, body.email);
      return { status: 202, body };
    },
  }),
  endpoint({
    method: "post", path: "/auth/password-reset/confirmation", tag: "Identity", summary: "Choose a new password by the token of the mailed link; every session ends", actor: "anyone", policy: "open",
    body: ResetPasswordInput, answers: { 204: null },
    handle: async ({ ctx, body }) => {
      await resetPassword(ctx, body.token, body.password);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/auth/account-set-up", tag: "Identity", summary: "Take over an account by the token of the mailed link: choose a password or PIN and be signed in", actor: "anyone", policy: "open",
    body: SetUpAccountInput, answers: { 201: IssuedToken },
    handle: async ({ ctx, body }) => {
      const session = await setUpAccount(ctx, body.token, body.password, "bearer");
      if (session.kind === "half") throw new DomainError("second_factor_required");
      return { status: 201, body: { token: session.token, expiresAt: isoTime(session.expiresAt) } };
    },
  }),
];
