import { listMailboxMessages } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import { notFound } from "../errors.ts";
import type { Channel } from "./topics.ts";

/** What development would have sent. In production there is no such page. */
export async function loadMailbox(ctx: AppContext, channel: Channel, recipient: string | undefined) {
  if (ctx.settings.environment === "production") throw notFound();
  return listMailboxMessages(ctx.db, channel, recipient?.trim().toLowerCase() || undefined, 50);
}
