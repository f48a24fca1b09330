import { findByEmail, insertMailedSecret } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import type { AppContext } from "../../context.ts";
import { HOUR, MINUTE } from "../clock.ts";
import { hashToken } from "./sessions.ts";

const LINK_LIFE = HOUR;
const CODE_LIFE = 30 * MINUTE;

type Owner = { userId: string; name: string; email: string; locale: string };

/** Mails the link to a new password, if an adult has that address. A second run mails a second link; using one ends both. */
export async function mailPasswordReset(ctx: AppContext, { email }: { email: string }): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner?.status !== "active") return;
  const token = ctx.ids.secret();
  const secretId = await keepSecret(ctx, owner.userId, "reset_password", await hashToken(token), LINK_LIFE);
  await send(ctx, { ...owner, email }, secretId, (m) => m.resetMail(`${ctx.settings.origin}/password-reset/${token}`));
}

/** Answers a sign-up where only the owner of the address reads it: with the code, or with the news that there is an account already. */
export async function mailSignUp(ctx: AppContext, { email }: { email: string }): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner?.status !== "active") return;
  if (owner.emailVerifiedAt !== null) {
    await send(ctx, { ...owner, email }, ctx.ids.make("note"), (m) => m.takenMail(`${ctx.settings.origin}/sign-in`, `${ctx.settings.origin}/password-reset`));
    return;
  }
  const code = ctx.ids.digits(6);
  const secretId = await keepSecret(ctx, owner.userId, "verify_email", await emailCodeHash(ctx, email, code), CODE_LIFE);
  await send(ctx, { ...owner, email }, secretId, (m) => m.codeMail(code));
}

export const emailCodeHash = (ctx: AppContext, email: string, code: string) => ctx.vault.digest(`email-code:${email}:${code}`);

async function keepSecret(ctx: AppContext, userId: string, purpose: "verify_email" | "reset_password", secretHash: string, life: number): Promise<string> {
  const id = ctx.ids.make("msec");
  const now = ctx.clock.now();
  await commit(ctx.db, [insertMailedSecret(ctx.db, { id, purpose, userId, secretHash, expiresAt: now + life, createdAt: now })]);
  return id;
}

type Identity = ReturnType<typeof messagesFor>["identity"];

async function send(ctx: AppContext, owner: Owner, key: string, words: (m: Identity) => { subject: string; lines: string[] }): Promise<void> {
  const { identity, notifications } = messagesFor(owner.locale);
  const { subject, lines } = words(identity);
  await ctx.mail.send({ to: owner.email, subject, text: [notifications.greeting(owner.name), ...lines].join("\n\n"), idempotencyKey: key });
}
