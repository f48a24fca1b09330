import { findByEmail } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectEmailChange, setEmailChangeCode, takeEmail } from "#db/profiles.ts";
import { messagesFor } from "../../i18n/catalogue.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { invalid } from "../errors.ts";
import { planJob } from "../jobs.server.ts";
import { announceChange } from "./announce-change.server.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";

const codeHashOf = (ctx: AppContext, userId: string, code: string) => ctx.vault.digest(`email-change:${userId}:${code}`);

/** Mails the code to the new address; if somebody has that address already, only they are told so. A second run mails a second code. */
export async function mailEmailChange(ctx: AppContext, { userId }: { userId: string }): Promise<void> {
  const [change] = await selectEmailChange(ctx.db, userId, ctx.clock.now());
  if (!change) return;
  const owner = await findByEmail(ctx.db, change.newEmail);
  const { profile: m, notifications } = messagesFor(owner?.locale ?? change.locale);
  const code = ctx.ids.digits(6);
  if (!owner) await commit(ctx.db, [setEmailChangeCode(ctx.db, userId, change.newEmail, await codeHashOf(ctx, userId, code))]);
  const { subject, lines } = owner ? m.emailTakenMail : m.emailCodeMail(code);
  await ctx.mail.send({ to: change.newEmail, subject, text: [notifications.greeting((owner ?? change).name), ...lines].join("\n\n"), idempotencyKey: ctx.ids.make("mail") });
}

/** The new address counts for who knows the code that was mailed there. The old one is told. */
export async function confirmEmail(ctx: AppContext, actor: Actor, code: string): Promise<void> {
  const now = ctx.clock.now();
  const { userId } = actor;
  const guess = limitedTry(ctx, LIMITS.mailedCode, `email-change:${userId}`);
  const [counted, [change]] = await ctx.db.batch([guess.count, selectEmailChange(ctx.db, userId, now)]);
  guess.permit(counted);
  const codeHash = await codeHashOf(ctx, userId, code.replace(/\s/g, ""));
  if (!change) throw invalid("code", "email_change_lapsed");
  if (change.codeHash !== codeHash) throw invalid("code", "wrong_code");
  const told = announceChange(ctx, actor, "email_changed");
  const goodbye = change.email === null ? null : planJob(ctx, "mail-old-address", { email: change.email, name: change.name, locale: change.locale, key: ctx.ids.make("mail") });
  try {
    await commit(ctx.db, [
      ...takeEmail(ctx.db, { userId, email: change.newEmail, codeHash, now }),
      ...told.writes,
      ...(goodbye ? [goodbye.write] : []),
    ]);
  } catch (error) {
    throw broke(error, "UNIQUE users.email", "NOT NULL users.name") ? invalid("code", "email_change_lapsed") : error;
  }
  await ctx.jobs.ring([...told.jobIds, ...(goodbye ? [goodbye.id] : [])]);
}

/** Says at the old address that it counts no more: who lost an account learns it there. */
export async function mailOldAddress(ctx: AppContext, { email, name, locale, key }: { email: string; name: string; locale: string; key: string }): Promise<void> {
  const { profile: m, notifications } = messagesFor(locale);
  const { subject, lines } = m.oldAddressMail(ctx.settings.origin);
  await ctx.mail.send({ to: email, subject, text: [notifications.greeting(name), ...lines].join("\n\n"), idempotencyKey: key });
}
