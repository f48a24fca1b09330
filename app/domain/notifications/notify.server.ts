import type { Write } from "#db/client.ts";
import { insertNotification, insertNotifications } from "#db/notifications.ts";
import { insertJobs } from "#db/operation.ts";
import type { AppContext } from "../../context.ts";
import { planJob, type JobKind } from "../jobs.server.ts";
import type { NotificationFacts, NotificationType } from "./types.ts";

export type News<T extends NotificationType = NotificationType> = {
  type: T;
  facts: NotificationFacts[T];
  /** Where the reader can act on it; may differ by reader. */
  path: string | ((userId: string) => string);
  /** The same cause tells a person once: `purchase_01J….asked`. */
  cause: string;
  severity?: "info" | "attention" | "urgent";
  childId?: string;
};

/** Rows that tell each of these people, in the inbox and by e-mail, to stand in the batch of what happened. Ring the jobs afterwards. */
export function notify<T extends NotificationType>(ctx: AppContext, userIds: string[], news: News<T>): { writes: Write[]; jobIds: string[] } {
  const writes: Write[] = [];
  const jobIds: string[] = [];
  for (const userId of new Set(userIds)) {
    const id = ctx.ids.make("note");
    const mail = planJob(ctx, "mail-notification", { notificationId: id });
    writes.push(
      insertNotification(ctx.db, { id, userId, childId: news.childId ?? null, type: news.type, severity: news.severity ?? "info", facts: news.facts, path: typeof news.path === "string" ? news.path : news.path(userId), cause: news.cause, createdAt: ctx.clock.now() }),
      mail.write,
    );
    jobIds.push(mail.id);
  }
  return { writes, jobIds };
}

/** Different news for each of many people, by two statements however many they are. */
export function notifyEach<T extends NotificationType>(ctx: AppContext, told: (News<T> & { userId: string; path: string })[]): { writes: Write[]; jobIds: string[] } {
  const now = ctx.clock.now();
  const notes = told.map(({ userId, childId = null, type, severity = "info", facts, path, cause }) => ({ id: ctx.ids.make("note"), userId, childId, type, severity, facts, path, cause, createdAt: now }));
  const jobs = notes.map(({ id }) => ({ id: ctx.ids.make("job"), kind: "mail-notification" satisfies JobKind, payload: { notificationId: id }, availableAt: now, createdAt: now }));
  return { writes: [...insertNotifications(ctx.db, notes), ...insertJobs(ctx.db, jobs)], jobIds: jobs.map(({ id }) => id) };
}
