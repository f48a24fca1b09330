import { findNotificationToMail, insertDelivery } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import { goesOut, type Threshold } from "./severity.ts";
import { mailOf } from "./words.ts";

/**
 * The e-mail of a notification, once, unless its reader wants to be told of weightier things only: a logged delivery stops a second run, and where the log could not be written
 * the provider stops it by the key.
 */
export async function mailNotification(ctx: AppContext, { notificationId }: { notificationId: string }): Promise<void> {
  const told = await findNotificationToMail(ctx.db, notificationId, ctx.clock.now());
  if (!told || told.deliveryId || !told.email || told.status !== "active" || !goesOut(told, (told.defaults?.email ?? "info") as Threshold)) return;
  const providerRef = await ctx.mail.send({ to: told.email, ...mailOf(told, told, ctx.settings.origin), idempotencyKey: told.id });
  await insertDelivery(ctx.db, { id: ctx.ids.make("dlv"), notificationId, userId: told.userId, channel: "email", providerRef, at: ctx.clock.now() });
}
