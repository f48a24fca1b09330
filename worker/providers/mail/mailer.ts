import type { Clock } from "#app/domain/clock.ts";
import type { Mailer } from "#app/domain/notifications/mailer.ts";
import type { Db } from "#db/client.ts";
import { insertMailboxMessage } from "#db/notifications.ts";
import type { Env } from "../../env.ts";

/** Mail over HTTP (`{from, to, subject, text}` with a bearer key and an Idempotency-Key); in development, into the mailbox. */
export function mailerFor(env: Env, db: Db, clock: Clock): Mailer {
  const { MAIL_API_URL: url, MAIL_API_KEY: key, MAIL_FROM: from } = env;
  if (!url) {
    return {
      async send(mail) {
        const id = `mail_${mail.idempotencyKey}`;
        await insertMailboxMessage(db, { id, channel: "email", recipient: mail.to, subject: mail.subject, body: mail.text, at: clock.now() });
        return id;
      },
    };
  }
  return {
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
  };
}
