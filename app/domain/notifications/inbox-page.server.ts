import { countNotifications, selectNotifications } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import type { Paging } from "../paging.ts";
import type { NotificationFilterInput } from "./inputs.ts";
import { pageFrom } from "./list-notifications.server.ts";

/** The inbox: a page of notifications and how many of each kind there are. */
export async function loadInbox(ctx: AppContext, actor: Actor, filter: NotificationFilterInput, { limit, cursor }: Paging) {
  const now = ctx.clock.now();
  const [found, counts] = await ctx.db.batch([
    selectNotifications(ctx.db, actor.userId, filter, { before: cursor, limit: limit + 1 }, now),
    countNotifications(ctx.db, actor.userId, now),
  ]);
  const { items, nextCursor } = pageFrom(found, actor, limit);
  const kinds = [...new Set(counts.map((row) => row.type.split(".")[0]!))];
  const childNames = Object.fromEntries(actor.wards.map((ward) => [ward.childId, ward.name]));
  return {
    items: items.map(({ id, title, severity, childId, createdAt, readAt }) => ({ id, title, severity, child: childId === null ? null : (childNames[childId] ?? null), createdAt, readAt })),
    nextCursor, kinds, unread: counts.reduce((all, row) => all + row.unread, 0), children: actor.wards.map((ward) => ({ id: ward.childId, name: ward.name })),
  };
}
