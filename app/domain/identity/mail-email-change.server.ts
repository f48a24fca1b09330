import { findByEmail } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { selectEmailChange, setEmailChangeCode } from "#db/profiles.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import type { AppContext } from "../../context.ts";

export const emailChangeCodeHash = (ctx: AppContext, userId: string, code: string) => ctx.vault.digest(`email-change:${userId}:${code}`);

/** Mails the code to the new address; if somebody has that address already, only they are told so. A second run mails a second code. */
export async function mailEmailChange(ctx: AppContext, { userId }: { userId: string }): Promise<void> {
  const [change] = await selectEmailChange(ctx.db, userId, ctx.clock.now());
  if (!change) return;
  const owner = await findByEmail(ctx.db, change.newEmail);
  const { profile: m, notifications } = messagesFor(owner?.locale ?? change.locale);
  const code = ctx.ids.digits(6);
  if (!owner) await commit(ctx.db, [setEmailChangeCode(ctx.db, userId, change.newEmail, await emailChangeCodeHash(ctx, userId, code))]);
  const { subject, lines } = owner ? m.emailTakenMail : m.emailCodeMail(code);
  await ctx.mail.send({ to: change.newEmail, subject, text: [notifications.greeting((owner ?? change).name), ...lines].join("\n\n"), idempotencyKey: ctx.ids.make("mail") });
}

/** Says at the old address that it counts no more: who lost an account learns it there. */
export async function mailOldAddress(ctx: AppContext, { email, name, locale, key }: { email: string; name: string; locale: string; key: string }): Promise<void> {
  const { profile: m, notifications } = messagesFor(locale);
  const { subject, lines } = m.oldAddressMail(ctx.settings.origin);
  await ctx.mail.send({ to: email, subject, text: [notifications.greeting(name), ...lines].join("\n\n"), idempotencyKey: key });
}
