import { findByEmail, findMailedPerson, insertMailedSecret } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import type { AppContext } from "../../context.ts";
import { DAY, HOUR } from "../clock.ts";
import { findSignUp, setSignUpCode } from "#db/sign-ups.ts";
import { hashToken } from "./sessions.ts";

const LINK_LIFE = HOUR;
/** Who is expected to set up an account has not asked for it, and may look into the mail at the weekend. */
const SET_UP_LIFE = 7 * DAY;

type Reader = { name: string; email: string; locale: string };

/** Mails the link to a new password, if somebody has that address. A second run mails a second link; using one ends both. */
export async function mailPasswordReset(ctx: AppContext, { email }: { email: string }): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner?.status !== "active") return;
  const token = ctx.ids.secret();
  const id = ctx.ids.make("msec");
  const now = ctx.clock.now();
  await commit(ctx.db, [insertMailedSecret(ctx.db, { id, purpose: "reset_password", userId: owner.userId, secretHash: await hashToken(token), expiresAt: now + LINK_LIFE, createdAt: now })]);
  await sendMail(ctx, { ...owner, email }, id, ({ identity }) => identity.resetMail(`${ctx.settings.origin}/password-reset/${token}`));
}

/** Mails the link by which somebody takes over the account that was made for them. A second run mails a second link; using one ends both. */
export async function mailSetUp(ctx: AppContext, { userId }: { userId: string }): Promise<void> {
  const owner = await findMailedPerson(ctx.db, userId);
  if (!owner) return;
  const token = ctx.ids.secret();
  const id = ctx.ids.make("msec");
  const now = ctx.clock.now();
  await commit(ctx.db, [insertMailedSecret(ctx.db, { id, purpose: "set_up_account", userId, secretHash: await hashToken(token), expiresAt: now + SET_UP_LIFE, createdAt: now })]);
  await sendMail(ctx, owner, id, ({ entry }) => entry.setUpMail(`${ctx.settings.origin}/welcome/${token}`));
}

/** Answers a sign-up where only the owner of the address reads it: with the code, or with the news that there is an account already. */
export async function mailSignUp(ctx: AppContext, { signUpId }: { signUpId: string }): Promise<void> {
  const signUp = await findSignUp(ctx.db, signUpId, ctx.clock.now());
  if (!signUp) return;
  const owner = await findByEmail(ctx.db, signUp.email);
  const key = ctx.ids.make("mail");
  if (owner) return sendMail(ctx, { ...owner, email: signUp.email }, key, ({ identity }) => identity.takenMail(`${ctx.settings.origin}/sign-in`, `${ctx.settings.origin}/recover`));
  const code = ctx.ids.digits(6);
  await commit(ctx.db, [setSignUpCode(ctx.db, signUpId, await signUpCodeHash(ctx, signUpId, code))]);
  await sendMail(ctx, { ...signUp, locale: "en" }, key, ({ identity }) => identity.codeMail(code));
}

export const signUpCodeHash = (ctx: AppContext, signUpId: string, code: string) => ctx.vault.digest(`sign-up:${signUpId}:${code}`);

type Messages = ReturnType<typeof messagesFor>;

export async function sendMail(ctx: AppContext, reader: Reader, idempotencyKey: string, words: (m: Messages) => { subject: string; lines: string[] }): Promise<void> {
  const m = messagesFor(reader.locale);
  const { subject, lines } = words(m);
  await ctx.mail.send({ to: reader.email, subject, text: [m.notifications.greeting(reader.name), ...lines].join("\n\n"), idempotencyKey });
}
