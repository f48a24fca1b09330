import { countNotifications, selectNotifications, type Notification } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import type { NotificationFilterInput } from "./inputs.ts";
import { titleOf } from "./words.ts";

export type Told = Notification & { title: string };
export type Paging = { limit: number; cursor?: string | undefined };

/** One's own notifications, newest first, in one's own language. */
export async function listNotifications(ctx: AppContext, actor: Actor, filter: NotificationFilterInput, { limit, cursor }: Paging): Promise<{ items: Told[]; nextCursor: string | null }> {
  return pageFrom(await selectNotifications(ctx.db, actor.userId, filter, { before: cursor, limit: limit + 1 }, ctx.clock.now()), actor, limit);
}

export function pageFrom(found: Notification[], actor: Actor, limit: number) {
  const items = found.slice(0, limit).map((row) => ({ ...row, title: titleOf(row, actor) }));
  return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
}

export async function countByType(ctx: AppContext, actor: Actor) {
  const byType = await countNotifications(ctx.db, actor.userId, ctx.clock.now());
  return { total: sum(byType.map((row) => row.total)), unread: sum(byType.map((row) => row.unread)), byType };
}

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
