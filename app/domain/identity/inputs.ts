import * as z from "zod";

/** A password as typed to prove who one is: its length is no news. */
const Password = z.string("password_missing").min(1, "password_missing").max(200, "too_long");
/** Six figures of an authenticator app, or a backup code. */
const Code = z.string("code_missing").trim().min(1, "code_missing").max(20, "too_long");

export const SignInInput = z.object({
  identifier: z.string("identifier_missing").trim().toLowerCase().min(1, "identifier_missing").max(254, "too_long"),
  password: Password,
  code: Code.optional(),
}).meta({ id: "SignIn" });
export type SignInInput = z.infer<typeof SignInInput>;

export const CodeInput = z.object({ code: Code }).meta({ id: "Code" });

export const StepUpInput = z.discriminatedUnion("method", [
  z.object({ method: z.literal("password"), password: Password }),
  z.object({ method: z.literal("totp"), code: Code }),
]).meta({ id: "StepUp" });
export type StepUpInput = z.infer<typeof StepUpInput>;
