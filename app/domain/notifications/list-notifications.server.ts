import { countNotifications, selectNotifications, type Notification } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { byId, pageOf, type Page, type Paging } from "../paging.ts";
import type { NotificationFilterInput } from "./inputs.ts";
import { titleOf } from "./words.ts";

export type Told = Notification & { title: string };

/** One's own notifications, newest first, in one's own language. */
export async function listNotifications(ctx: AppContext, actor: Actor, filter: NotificationFilterInput, { limit, cursor }: Paging): Promise<Page<Told>> {
  return pageFrom(await selectNotifications(ctx.db, actor.userId, filter, { before: cursor, limit: limit + 1 }, ctx.clock.now()), actor, limit);
}

export function pageFrom(found: Notification[], actor: Actor, limit: number): Page<Told> {
  const { items, nextCursor } = pageOf(found, limit, byId);
  return { items: items.map((row) => ({ ...row, title: titleOf(row, actor) })), nextCursor };
}

export async function countByType(ctx: AppContext, actor: Actor) {
  const byType = await countNotifications(ctx.db, actor.userId, ctx.clock.now());
  return { total: sum(byType.map((row) => row.total)), unread: sum(byType.map((row) => row.unread)), byType };
}

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
