import type { Clock } from "#app/domain/clock.ts";
import type { SmsSender } from "#app/domain/notifications/sms.ts";
import type { Db } from "#db/client.ts";
import { insertMailboxMessage } from "#db/notifications.ts";
import type { Env } from "../../env.ts";

/** Text messages over HTTP (`{from, to, text}` with a bearer key and an Idempotency-Key); in development, onto the phone beside the mailbox. */
export function smsSenderFor(env: Env, db: Db, clock: Clock): SmsSender {
  const { SMS_API_URL: url, SMS_API_KEY: key, SMS_SENDER: from } = env;
  if (!url) {
    return {
      async send(sms) {
        const id = `sms_${sms.idempotencyKey}`;
        await insertMailboxMessage(db, { id, channel: "sms", recipient: sms.to, subject: from, body: sms.text, at: clock.now() });
        return id;
      },
    };
  }
  return {
    async send(sms) {
      const answer = await fetch(`${url}/messages`, {
        method: "POST",
        headers: { "Authorization": `Bearer ${key}`, "Content-Type": "application/json", "Idempotency-Key": sms.idempotencyKey },
        body: JSON.stringify({ from, to: sms.to, text: sms.text }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new Error(`SMS service answered ${answer.status}`);
      return ((await answer.json()) as { id: string }).id;
    },
  };
}
