import { index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { instant, json } from "./columns.ts";
import { users } from "./identity.ts";
import { sql } from "drizzle-orm";

/** Its words come from the catalogue, in the reader's language: the row holds what they are about. */
export const notifications = sqliteTable("notifications", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  childId: text("child_id").references(() => users.id),
  type: text().notNull(),
  severity: text({ enum: ["info", "attention", "urgent"] }).notNull(),
  facts: json<Record<string, string | number>>("facts").notNull(),
  path: text().notNull(),
  /** The same cause notifies a person once. */
  cause: text().notNull(),
  createdAt: instant("created_at").notNull(),
  readAt: instant("read_at"),
}, (t) => [
  uniqueIndex("notifications_once").on(t.userId, t.cause),
  index("notifications_by_user").on(t.userId, t.id),
  index("notifications_unread").on(t.userId).where(sql`read_at IS NULL`),
]);

/** The delivery log: one row per message handed to a provider. */
export const deliveries = sqliteTable("deliveries", {
  id: text().primaryKey(),
  notificationId: text("notification_id").references(() => notifications.id),
  userId: text("user_id").references(() => users.id),
  channel: text({ enum: ["email", "sms"] }).notNull(),
  providerRef: text("provider_ref"),
  at: instant("at").notNull(),
}, (t) => [uniqueIndex("deliveries_once").on(t.notificationId, t.channel)]);

/** Development only: what would have been sent. */
export const mailboxMessages = sqliteTable("mailbox_messages", {
  id: text().primaryKey(),
  channel: text({ enum: ["email", "sms"] }).notNull(),
  recipient: text().notNull(),
  subject: text().notNull(),
  body: text().notNull(),
  at: instant("at").notNull(),
}, (t) => [index("mailbox_messages_by_recipient").on(t.recipient)]);
