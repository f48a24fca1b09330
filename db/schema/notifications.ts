import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { instant, json } from "./columns.ts";
import { users } from "./identity.ts";

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

/** When somebody may be interrupted, and how often. No row: as at first (`rules.ts`). */
export const notificationSettings = sqliteTable("notification_settings", {
  userId: text("user_id").primaryKey().references(() => users.id),
  /** `21:00`, by the person's own clock; both null: no quiet hours. */
  quietFrom: text("quiet_from"),
  quietUntil: text("quiet_until"),
  digestHour: integer("digest_hour").notNull(),
  /** 1 is Monday; null: each day. */
  digestWeekday: integer("digest_weekday"),
  /** Null: as many as there are. */
  weeklyBudget: integer("weekly_budget"),
  updatedAt: instant("updated_at").notNull(),
});

/** What somebody chose to be told by which channel; without a child: of all of them. */
export const notificationChoices = sqliteTable("notification_choices", {
  userId: text("user_id").notNull().references(() => users.id),
  childId: text("child_id").references(() => users.id),
  topic: text({ enum: ["money", "lessons", "learning", "messages", "family", "security"] }).notNull(),
  channel: text({ enum: ["email", "sms", "push"] }).notNull(),
  least: text({ enum: ["info", "attention", "urgent", "none", "digest"] }).notNull(),
}, (t) => [
  uniqueIndex("notification_choices_for_child").on(t.userId, t.childId, t.topic, t.channel).where(sql`child_id IS NOT NULL`),
  uniqueIndex("notification_choices_for_all").on(t.userId, t.topic, t.channel).where(sql`child_id IS NULL`),
  index("notification_choices_by_child").on(t.childId),
]);

/** The delivery log: what became of a message on its way to a provider. One row for a notification and channel. */
export const deliveries = sqliteTable("deliveries", {
  id: text().primaryKey(),
  notificationId: text("notification_id").references(() => notifications.id),
  userId: text("user_id").references(() => users.id),
  channel: text({ enum: ["email", "sms", "push", "pachca"] }).notNull(),
  /** `held`: waits for its digest. `dropped`: by then nobody needed it, or nobody might have it. */
  outcome: text({ enum: ["sent", "held", "retrying", "failed", "dropped"] }).notNull().default("sent"),
  attempts: integer().notNull().default(1),
  providerRef: text("provider_ref"),
  /** What the provider said when it did not take it. */
  problem: text(),
  /** Of what is held: from when on it may go. */
  dueAt: instant("due_at"),
  /** The digest that it went into. */
  digestAt: instant("digest_at"),
  at: instant("at").notNull(),
}, (t) => [
  uniqueIndex("deliveries_once").on(t.notificationId, t.channel),
  index("deliveries_due").on(t.dueAt).where(sql`outcome = 'held' AND digest_at IS NULL`),
  index("deliveries_in_digest").on(t.userId, t.digestAt).where(sql`digest_at IS NOT NULL`),
  index("deliveries_by_user").on(t.userId, t.at),
]);

/** Development only: what would have been sent. */
export const mailboxMessages = sqliteTable("mailbox_messages", {
  id: text().primaryKey(),
  channel: text({ enum: ["email", "sms", "push"] }).notNull(),
  recipient: text().notNull(),
  subject: text().notNull(),
  body: text().notNull(),
  at: instant("at").notNull(),
}, (t) => [index("mailbox_messages_by_recipient").on(t.recipient)]);

/** A browser that wants to be told; its address at the push service is a secret of theirs. */
export const pushSubscriptions = sqliteTable("push_subscriptions", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  endpoint: text().notNull().unique(),
  userAgent: text("user_agent"),
  createdAt: instant("created_at").notNull(),
}, (t) => [index("push_subscriptions_by_user").on(t.userId, t.id)]);
