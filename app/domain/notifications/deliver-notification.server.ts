import { claimInterruption, countInterruptions, failDeliveries, findToDeliver, putDelivery, selectDeliveriesOf, type NewDelivery } from "#db/deliveries.ts";
import { selectNotificationChoices, selectNotificationSettings } from "#db/notification-preferences.ts";
import { selectPushSubscriptions } from "#db/push-subscriptions.ts";
import type { AppContext } from "../../context.ts";
import { stillConcerning } from "./concerns.server.ts";
import { hand, waysTo } from "./hand.server.ts";
import { preferencesOf } from "./read-preferences.server.ts";
import { decide, weekBegan } from "./rules.ts";

/**
 * Sends a notification by each channel that its reader chose, or holds it for their digest; asked anew at every attempt, by the preferences, rights and restrictions of now.
 * The log stops a second run; where it could not be written, the provider's idempotency key does.
 */
export async function deliverNotification(ctx: AppContext, { notificationId }: { notificationId: string }): Promise<void> {
  const now = ctx.clock.now();
  const told = await findToDeliver(ctx.db, notificationId);
  if (!told || told.status !== "active" || told.readAt !== null || (await stillConcerning(ctx, told.userId, [told])).length === 0) return;
  const since = weekBegan(now, told.timeZone);
  const [[row], choices, log, [interrupted], browsers] = await ctx.db.batch([
    selectNotificationSettings(ctx.db, told.userId), selectNotificationChoices(ctx.db, told.userId), selectDeliveriesOf(ctx.db, told.id),
    countInterruptions(ctx.db, told.userId, told.id, since), selectPushSubscriptions(ctx.db, told.userId),
  ]);
  const preferences = preferencesOf(row!, choices);
  const open = waysTo(told, browsers).filter((channel) => !log.some((one) => one.channel === channel && one.outcome !== "retrying"));
  const problems: unknown[] = [];
  for (const channel of open) {
    const decision = decide(told, channel, preferences, now, interrupted!.sent);
    if (decision.do === "never") continue;
    const delivery = { id: ctx.ids.make("dlv"), notificationId: told.id, userId: told.userId, channel, at: now };
    const write = (outcome: Partial<NewDelivery>) => putDelivery(ctx.db, { ...delivery, ...outcome });
    if (decision.do === "digest") {
      await write({ outcome: "held", attempts: 0, dueAt: decision.at });
      continue;
    }
    if (decision.within) {
      const [[claimed]] = await ctx.db.batch([claimInterruption(ctx.db, { ...delivery, ...decision.within, since })]);
      if (claimed?.outcome !== "retrying") continue;
    }
    try {
      const providerRef = await hand(ctx, told, channel, browsers);
      await write(providerRef === null ? { outcome: "dropped" } : { providerRef });
    } catch (error) {
      problems.push(error);
      await write({ outcome: "retrying", problem: String(error).slice(0, 200) });
    }
  }
  // The outbox tries again what was not taken, and only that.
  if (problems.length > 0) throw problems[0];
}

/** Nobody took it until the last attempt: the log says so. */
export const giveUpNotification = (ctx: AppContext, { notificationId }: { notificationId: string }) => failDeliveries(ctx.db, notificationId);
