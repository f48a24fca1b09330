import * as z from "zod";
import { CreateFamilyInput } from "../families/inputs.ts";
import { Phone } from "../phone.ts";
import { SCOPES } from "./scopes.ts";

/** A password as typed to prove who one is: its length is no news. */
const Password = z.string("password_missing").min(1, "password_missing").max(200, "too_long");
/** Six figures of an authenticator app, or a backup code. */
const Code = z.string("code_missing").trim().min(1, "code_missing").max(20, "too_long");

const CodeChannel = z.enum(["sms", "email"], "not_a_choice");

const Email = z.string("email_missing").trim().toLowerCase().max(254, "too_long").pipe(z.email("email_wrong"));
/** Long enough beats elaborate; what else is wanted of it, `require-good-password` says. */
const NewPassword = z.string("new_password_missing").min(10, "password_too_short").max(200, "too_long");

export const SignInInput = z.object({
  identifier: z.string("identifier_missing").trim().toLowerCase().min(1, "identifier_missing").max(254, "too_long"),
  password: Password,
  code: Code.optional(),
  sendCodeBy: CodeChannel.optional().meta({ description: "Have a code sent, where the second factor is one; then sign in again with it" }),
}).meta({ id: "SignIn" });
export type SignInInput = z.infer<typeof SignInInput>;

export const PhoneInput = z.object({ address: Phone }).meta({ id: "CodePhone" });
export const CodeEmailInput = z.object({ address: Email.optional().meta({ description: "The account's own unless another is named" }) }).meta({ id: "CodeEmail" });
export const CodeInput = z.object({ code: Code }).meta({ id: "Code" });

const { name: FamilyName, currency: FamilyCurrency, timeZone: FamilyTimeZone } = CreateFamilyInput.shape;

/** A family not named is called by its founder; the rest is as most families here would say. `invited`: joins a family that is there already. */
export const SignUpInput = z.object({
  name: z.string("name_is_missing").trim().min(1, "name_is_missing").max(100, "too_long").regex(/^(?!.*:\/\/)[^\u0000-\u001f]*$/, "name_unusable"),
  email: Email,
  password: NewPassword,
  familyName: FamilyName.optional(),
  currency: FamilyCurrency.default("KES"),
  timeZone: FamilyTimeZone.default("Africa/Nairobi"),
  invited: z.boolean().default(false),
}).meta({ id: "SignUp" });
export type SignUpInput = z.infer<typeof SignUpInput>;
export const VerifyEmailInput = z.object({ signUpId: z.string("sign_up_lapsed").max(100, "sign_up_lapsed"), code: Code }).meta({ id: "VerifyEmail" });
export type VerifyEmailInput = z.infer<typeof VerifyEmailInput>;

export const ForgottenPasswordInput = z.object({ email: Email }).meta({ id: "ForgottenPassword" });
export const AskRecoveryInput = z.object({ email: Email, way: z.enum(["link", "factor", "vouch"], "recovery_way_missing") }).meta({ id: "AskRecovery" });
export type AskRecoveryInput = z.infer<typeof AskRecoveryInput>;
export const NewPasswordInput = z.object({ password: NewPassword });
export const ResetPasswordInput = z.object({ token: z.string().min(1).max(100), password: NewPassword }).meta({ id: "ResetPassword" });
const Pin = z.string("pin_missing").trim().min(1, "pin_missing").max(20, "too_long");
export const SetPinInput = z.object({ pin: Pin }).meta({ id: "SetPin" });
export const ClassSignInInput = z.object({ code: z.string("class_code_missing").trim().min(1, "class_code_missing").max(40, "too_long"), student: z.string("name_not_chosen").min(1, "name_not_chosen").max(100), pin: Pin });
export type ClassSignInInput = z.infer<typeof ClassSignInInput>;

export const NewTokenInput = z.object({
  name: z.string("token_name_missing").trim().min(1, "token_name_missing").max(60, "too_long"),
  scopes: z.array(z.enum(SCOPES, "not_a_choice"), "token_scopes_missing").min(1, "token_scopes_missing").max(10, "too_long"),
  expiresInDays: z.coerce.number("token_days").int("token_days").min(1, "token_days").max(365, "token_days").default(90),
}).meta({ id: "NewToken" });
export type NewTokenInput = z.infer<typeof NewTokenInput>;

/** Of whoever it is, a child's PIN included: the domain, which knows, judges its length. */
const NewSecret = z.string("new_password_missing").min(1, "new_password_missing").max(200, "too_long");
export const NewSecretInput = z.object({ password: NewSecret });
export const SetUpAccountInput = NewSecretInput.extend({ token: z.string().min(1).max(100) }).meta({ id: "SetUpAccount" });
export const ChangePasswordInput = z.object({ currentPassword: Password.optional(), password: NewSecret }).meta({ id: "ChangePassword" });
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

/** What the browser's WebAuthn hands over; @simplewebauthn judges what is in it. */
const Base64url = z.string("passkey_missing").regex(/^[\w-]+=*$/, "passkey_missing").max(20_000, "too_long");
const credential = { id: Base64url, rawId: Base64url, type: z.literal("public-key", "passkey_missing"), authenticatorAttachment: z.string().max(50).optional(), clientExtensionResults: z.record(z.string(), z.unknown()).default({}) };
const Assertion = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Base64url, authenticatorData: Base64url, signature: Base64url, userHandle: Base64url.nullish() }),
}, "passkey_missing");
const Attestation = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Base64url, attestationObject: Base64url, transports: z.array(z.string().max(50)).max(20).optional() }),
}, "passkey_missing");
const ChallengeId = z.string("passkey_missing").max(100);

export const PasskeySignInInput = z.object({ challengeId: ChallengeId, credential: Assertion }).meta({ id: "PasskeySignIn" });
export type PasskeySignInInput = z.infer<typeof PasskeySignInInput>;
const PasskeyName = z.string("passkey_name_missing").trim().min(1, "passkey_name_missing").max(60, "too_long");
export const PasskeyInput = z.object({ challengeId: ChallengeId, name: PasskeyName, credential: Attestation }).meta({ id: "NewPasskey" });
export type PasskeyInput = z.infer<typeof PasskeyInput>;
export const PasskeyNameInput = z.object({ name: PasskeyName }).meta({ id: "PasskeyName" });

export const StepUpInput = z.discriminatedUnion("method", [
  z.object({ method: z.literal("password"), password: Password }),
  z.object({ method: z.literal("totp"), code: Code }),
  PasskeySignInInput.extend({ method: z.literal("passkey") }).meta({ id: "PasskeyStepUp" }),
]).meta({ id: "StepUp" });
export type StepUpInput = z.infer<typeof StepUpInput>;
