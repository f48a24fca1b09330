import { eq } from "drizzle-orm";
import { insertMany } from "./bulk.ts";
import type { Db, Write } from "./client.ts";
import { conversations } from "./schema/conversations.ts";
import { userProfiles, users } from "./schema/identity.ts";
import { notificationChoices, notificationSettings } from "./schema/notifications.ts";

export type SettingsRow = Awaited<ReturnType<typeof selectNotificationSettings>>[number];
type Settings = Omit<typeof notificationSettings.$inferInsert, "userId">;

/** One row for each person, also where nothing was chosen. A statement for the caller's batch. */
export const selectNotificationSettings = (db: Db, userId: string) => db.select({
  timeZone: users.timeZone, email: users.email, phone: users.phone, mail: userProfiles.notificationDefaults, quietFrom: notificationSettings.quietFrom, quietUntil: notificationSettings.quietUntil,
  digestHour: notificationSettings.digestHour, digestWeekday: notificationSettings.digestWeekday, weeklyBudget: notificationSettings.weeklyBudget,
}).from(users).leftJoin(userProfiles, eq(userProfiles.userId, users.id)).leftJoin(notificationSettings, eq(notificationSettings.userId, users.id)).where(eq(users.id, userId));

/** When who teaches in a room is not to be disturbed; no row in a room without one. A statement for the caller's batch. */
export const selectQuietInRoom = (db: Db, conversationId: string) => db.select({
  userId: users.id, timeZone: users.timeZone, quietFrom: notificationSettings.quietFrom, quietUntil: notificationSettings.quietUntil, digestHour: notificationSettings.digestHour,
}).from(conversations).innerJoin(users, eq(users.id, conversations.staffId)).leftJoin(notificationSettings, eq(notificationSettings.userId, users.id)).where(eq(conversations.id, conversationId));

export const selectNotificationChoices = (db: Db, userId: string) => db.select({
  childId: notificationChoices.childId, topic: notificationChoices.topic, channel: notificationChoices.channel, least: notificationChoices.least,
}).from(notificationChoices).where(eq(notificationChoices.userId, userId));

/** All that somebody chose, in place of what they chose before. */
export const putNotificationPreferences = (db: Db, userId: string, settings: Settings, choices: Omit<typeof notificationChoices.$inferInsert, "userId">[]): Write[] => [
  db.insert(notificationSettings).values({ userId, ...settings }).onConflictDoUpdate({ target: notificationSettings.userId, set: settings }),
  db.delete(notificationChoices).where(eq(notificationChoices.userId, userId)),
  ...insertMany(db, notificationChoices, choices.map((choice) => ({ userId, ...choice }))),
];
