import { listMailboxMessages } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import { notFound } from "../errors.ts";

/** What development would have sent. In production there is no such page. */
export async function loadMailbox(ctx: AppContext, channel: "email" | "sms", recipient: string | undefined) {
  if (ctx.settings.environment === "production") throw notFound();
  return listMailboxMessages(ctx.db, channel, recipient?.trim().toLowerCase() || undefined, 50);
}
