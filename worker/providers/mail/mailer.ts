import type { Clock } from "#app/domain/clock.ts";
import type { Mailer } from "#app/domain/notifications/mailer.ts";
import type { Db } from "#db/client.ts";
import { insertMailboxMessage } from "#db/notifications.ts";
import type { Env } from "../../env.ts";

/** Mail by the service that is named, else by the Workers' own binding, else (in development) into the mailbox. */
export function mailerFor(env: Env, db: Db, clock: Clock): Mailer {
  if (env.MAIL_API_URL) return overHttp(env);
  return env.EMAIL ? overBinding(env.EMAIL, env.MAIL_FROM) : intoMailbox(db, clock);
}

/** `{from, to, subject, text}` with a bearer key and an Idempotency-Key. */
const overHttp = ({ MAIL_API_URL: url, MAIL_API_KEY: key, MAIL_FROM: from }: Env): Mailer => ({
  async send(mail) {
    const answer = await fetch(`${url}/emails`, {
      method: "POST",
      headers: { "Authorization": `Bearer ${key}`, "Content-Type": "application/json", "Idempotency-Key": mail.idempotencyKey },
      body: JSON.stringify({ from, to: [mail.to], subject: mail.subject, text: mail.text }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`mail service answered ${answer.status}`);
    return ((await answer.json()) as { id: string }).id;
  },
});

/** The runtime makes the MIME. It knows no idempotency: the delivery log alone keeps a mail from going twice, and the key shows which it was. */
const overBinding = (binding: SendEmail, from: string): Mailer => ({
  async send(mail) {
    const { messageId } = await binding.send({ from: addressOf(from), to: mail.to, subject: mail.subject, text: mail.text, headers: { "X-Kinboard-Key": mail.idempotencyKey } });
    return messageId;
  },
});

/** `Kinboard <no-reply@…>` */
function addressOf(text: string): string | EmailAddress {
  const [, name, email] = /^(.+?)\s*<([^<>]+)>$/.exec(text) ?? [];
  return name && email ? { name, email } : text;
}

const intoMailbox = (db: Db, clock: Clock): Mailer => ({
  async send(mail) {
    const id = `mail_${mail.idempotencyKey}`;
    await insertMailboxMessage(db, { id, channel: "email", recipient: mail.to, subject: mail.subject, body: mail.text, at: clock.now() });
    return id;
  },
});
