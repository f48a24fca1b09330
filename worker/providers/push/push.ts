import type { Ids } from "#app/context.ts";
import type { Clock } from "#app/domain/clock.ts";
import type { PushSender } from "#app/domain/notifications/push.ts";
import { isPushEndpoint } from "#app/domain/notifications/push-endpoint.ts";
import type { Db } from "#db/client.ts";
import { insertMailboxMessage } from "#db/notifications.ts";
import type { Env } from "../../env.ts";
import { signVapid, vapidPublicKey } from "./vapid.ts";

const DAY = 86_400;

/** Web push (RFC 8030, 8292) without a payload, so that there is nothing to read on the way. In development, what is not for the stand-in lands beside the mail. */
export function pushSenderFor(env: Env, db: Db, clock: Clock, ids: Ids): PushSender {
  const { PUSH_KEY: key, PUSH_CONTACT: contact } = env;
  const standIn = env.KINBOARD_ENV === "production" ? null : env.STRIPE_API_URL;
  return {
    publicKey: key ? vapidPublicKey(key) : null,
    async send({ endpoint, urgent }) {
      if (!key || !isPushEndpoint(endpoint, standIn)) return "gone";
      const { origin } = new URL(endpoint);
      if (standIn !== null && origin !== standIn) {
        await insertMailboxMessage(db, { id: ids.make("push"), channel: "push", recipient: origin, subject: "Push", body: "Something new in Kinboard", at: clock.now() });
        return "taken";
      }
      const token = await signVapid(key, { aud: origin, exp: Math.floor(clock.now() / 1000) + DAY / 2, sub: contact });
      const answer = await fetch(endpoint, {
        method: "POST",
        // One nudge waits at most a day for its browser, and a later one takes its place.
        headers: { "Authorization": `vapid t=${token}, k=${vapidPublicKey(key)}`, "TTL": String(DAY), "Urgency": urgent ? "high" : "normal", "Topic": "inbox", "Content-Length": "0" },
        redirect: "manual",
        signal: AbortSignal.timeout(10_000),
      });
      await answer.body?.cancel();
      if (answer.status === 404 || answer.status === 410) return "gone";
      if (!answer.ok) throw new Error(`push service answered ${answer.status}`);
      return "taken";
    },
  };
}
