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

type Messages = ReturnType<typeof messagesFor>;
type Mail = { subject: string; lines: string[] };
type Reader = { name: string; email: string; locale: string };

/** Mails the link to a new password, if somebody has that address. */
export async function mailPasswordReset(ctx: AppContext, { email }: { email: string }): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner?.status === "active") await mailLink(ctx, { ...owner, email }, { purpose: "reset_password", life: LINK_LIFE }, ({ identity }, token) => identity.resetMail(`${ctx.settings.origin}/password-reset/${token}`));
}

/** Mails the link that begins the waiting time, if somebody has that address. */
export async function mailRecoveryLink(ctx: AppContext, { email }: { email: string }): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner?.status === "active") await mailLink(ctx, { ...owner, email }, { purpose: "recover_account", life: LINK_LIFE }, ({ entry }, token) => entry.recoveryLinkMail(`${ctx.settings.origin}/recover/${token}`));
}

/** Mails the link by which somebody takes over the account that was made for them. */
export async function mailSetUp(ctx: AppContext, { userId }: { userId: string }): Promise<void> {
  const owner = await findMailedPerson(ctx.db, userId);
  if (owner) await mailLink(ctx, { ...owner, userId }, { purpose: "set_up_account", life: SET_UP_LIFE }, ({ entry }, token) => entry.setUpMail(`${ctx.settings.origin}/welcome/${token}`));
}

/** A second run mails a second link; using one ends both. */
async function mailLink(ctx: AppContext, owner: Reader & { userId: string }, { purpose, life }: { purpose: "reset_password" | "recover_account" | "set_up_account"; life: number }, words: (m: Messages, token: string) => Mail): Promise<void> {
  const [id, token, now] = [ctx.ids.make("msec"), ctx.ids.secret(), ctx.clock.now()];
  await commit(ctx.db, [insertMailedSecret(ctx.db, { id, purpose, userId: owner.userId, secretHash: await hashToken(token), expiresAt: now + life, createdAt: now })]);
  await sendMail(ctx, owner, id, (m) => words(m, token));
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

export async function sendMail(ctx: AppContext, reader: Reader, idempotencyKey: string, words: (m: Messages) => Mail): Promise<void> {
  const m = messagesFor(reader.locale);
  const { subject, lines } = words(m);
  await ctx.mail.send({ to: reader.email, subject, text: [m.notifications.greeting(reader.name), ...lines].join("\n\n"), idempotencyKey });
}
