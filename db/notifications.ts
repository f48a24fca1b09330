import type { Db } from "./client.ts";
import { mailboxMessages, notifications } from "./schema/notifications.ts";

export type NewNotification = typeof notifications.$inferInsert;
/** The same cause tells a person once. */
export const insertNotification = (db: Db, notification: NewNotification) => db.insert(notifications).values(notification).onConflictDoNothing();

export const insertMailboxMessage = (db: Db, message: typeof mailboxMessages.$inferInsert) => db.insert(mailboxMessages).values(message);
