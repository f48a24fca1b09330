import { readAllNotifications, readNotification as markRead } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import type { NotificationFilterInput } from "./inputs.ts";
import type { Told } from "./list-notifications.server.ts";
import { titleOf } from "./words.ts";

/** Marks one of the actor's own as read; again changes nothing. */
export async function readNotification(ctx: AppContext, actor: Actor, notificationId: string): Promise<Told> {
  const read = await markRead(ctx.db, actor.userId, notificationId, ctx.clock.now());
  if (!read) throw notFound();
  return { ...read, title: titleOf(read, actor) };
}

/** Marks all that fit as read and answers how many there were. */
export async function readAll(ctx: AppContext, actor: Actor, filter: NotificationFilterInput = {}): Promise<number> {
  return readAllNotifications(ctx.db, actor.userId, filter, ctx.clock.now());
}
