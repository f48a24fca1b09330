import type { Deliverable } from "#db/deliveries.ts";
import { deletePushSubscription, type PushSubscription } from "#db/push-subscriptions.ts";
import type { AppContext } from "../../context.ts";
import type { Channel } from "./topics.ts";
import { mailOf, nudgeOf } from "./words.ts";

/** The channels by which this person can be reached at all. */
export const waysTo = ({ email, phone }: Pick<Deliverable, "email" | "phone">, browsers: PushSubscription[]): Channel[] =>
  [...(email ? ["email" as const] : []), ...(phone ? ["sms" as const] : []), ...(browsers.length > 0 ? ["push" as const] : [])];

/** Hands it to the channel's provider; null where nobody is there any more. Only mail says what it is about: a text message and a push lie open on a table. */
export async function hand(ctx: AppContext, told: Deliverable, channel: Channel, browsers: PushSubscription[]): Promise<string | null> {
  switch (channel) {
    case "email": return ctx.mail.send({ to: told.email!, ...mailOf(told, told, ctx.settings.origin), idempotencyKey: told.id });
    case "sms": return ctx.sms.send({ to: told.phone!, text: nudgeOf(told, ctx.settings.origin), idempotencyKey: told.id });
    case "push": return nudge(ctx, browsers, told.severity === "urgent");
  }
}

/** Nudges every browser of a person; those that are gone are forgotten. Throws where none could be reached but some may be later. */
export async function nudge(ctx: AppContext, browsers: PushSubscription[], urgent: boolean): Promise<string | null> {
  const answers = await Promise.allSettled(browsers.map(({ endpoint }) => ctx.push.send({ endpoint, urgent })));
  const gone = browsers.filter((_, at) => answerOf(answers[at]!) === "gone");
  for (const { userId, id } of gone) await deletePushSubscription(ctx.db, userId, id);
  const taken = answers.filter((answer) => answerOf(answer) === "taken").length;
  const refused = answers.find((answer) => answer.status === "rejected");
  if (taken === 0 && refused) throw refused.reason;
  return taken > 0 ? `${taken} of ${browsers.length}` : null;
}

const answerOf = (answer: PromiseSettledResult<"taken" | "gone">) => (answer.status === "fulfilled" ? answer.value : "refused");
