import { selectNotificationChoices, selectNotificationSettings } from "#db/notification-preferences.ts";
import { selectPushSubscriptions } from "#db/push-subscriptions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { deviceOf } from "../identity/device.ts";
import { preferencesOf } from "./read-preferences.server.ts";
import { leastFor } from "./rules.ts";
import { CHILD_TOPICS, TOPICS, type Channel, type Least, type Topic } from "./topics.ts";

/** One select of the page. `least` null: of this child as of all. */
export type Chosen = { name: string; channel: Channel; least: Least | null };
export type TopicChoices = { topic: Topic; chosen: Chosen[] };

/** What somebody chose, and by which channels they can be reached. */
export async function loadPreferences(ctx: AppContext, actor: Actor) {
  const [[row], choices, browsers] = await ctx.db.batch([selectNotificationSettings(ctx.db, actor.userId), selectNotificationChoices(ctx.db, actor.userId), selectPushSubscriptions(ctx.db, actor.userId)]);
  const { quiet, digest, weeklyBudget, timeZone, ...chosen } = preferencesOf(row!, choices);
  const channels: Channel[] = [...(row!.email ? ["email" as const] : []), ...(row!.phone ? ["sms" as const] : []), ...(ctx.push.publicKey ? ["push" as const] : [])];
  const own = (childId: string, topic: Topic, channel: Channel) => choices.find((one) => one.childId === childId && one.topic === topic && one.channel === channel)?.least ?? null;
  const topics = (of: readonly Topic[], name: string, least: (topic: Topic, channel: Channel) => Least | null): TopicChoices[] =>
    of.map((topic) => ({ topic, chosen: channels.map((channel) => ({ name: `${name}.${topic}.${channel}`, channel, least: least(topic, channel) })) }));
  return {
    quiet, digest, weeklyBudget, timeZone, channels, pushKey: ctx.push.publicKey,
    topics: topics(TOPICS, "all", (topic, channel) => leastFor(chosen, null, topic, channel)),
    children: actor.wards.map(({ childId, name }) => ({ id: childId, name, topics: topics(CHILD_TOPICS, childId, (topic, channel) => own(childId, topic, channel)) })),
    browsers: browsers.map(({ id, userAgent, createdAt }) => ({ id, device: deviceOf(userAgent), createdAt })),
  };
}
export type PreferencesPage = Awaited<ReturnType<typeof loadPreferences>>;
