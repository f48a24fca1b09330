import type { Write } from "#db/client.ts";
import { insertDeliveryJobs, insertNotifications } from "#db/notifications.ts";
import type { AppContext } from "../../context.ts";
import type { NotificationFacts, NotificationType } from "./types.ts";

type News<T extends NotificationType = NotificationType> = {
  type: T;
  facts: NotificationFacts[T];
  /** Where the reader can act on it; may differ by reader. */
  path: string | ((userId: string) => string);
  /** The same cause tells a person once: `purchase_01J….asked`. */
  cause: string;
  severity?: "info" | "attention" | "urgent";
  childId?: string;
};

/** Rows that tell each of these people, in the inbox and by the channels they chose, to stand in the batch of what happened. Ring the jobs afterwards. */
export const notify = <T extends NotificationType>(ctx: AppContext, userIds: string[], news: News<T>): { writes: Write[]; jobIds: string[] } =>
  notifyEach(ctx, [...new Set(userIds)].map((userId) => ({ ...news, userId, path: typeof news.path === "string" ? news.path : news.path(userId) })));

/** Different news for each of many people, by two statements however many they are. Whom the same cause told before, it tells nothing. */
export function notifyEach<T extends NotificationType>(ctx: AppContext, told: (News<T> & { userId: string; path: string })[]): { writes: Write[]; jobIds: string[] } {
  if (told.length === 0) return { writes: [], jobIds: [] };
  const now = ctx.clock.now();
  const notes = told.map(({ userId, childId = null, type, severity = "info", facts, path, cause }) => ({ id: ctx.ids.make("note"), userId, childId, type, severity, facts, path, cause, createdAt: now }));
  const jobs = notes.map(({ id }) => ({ id, jobId: ctx.ids.make("job") }));
  return { writes: [...insertNotifications(ctx.db, notes), insertDeliveryJobs(ctx.db, jobs, now)], jobIds: jobs.map(({ jobId }) => jobId) };
}
