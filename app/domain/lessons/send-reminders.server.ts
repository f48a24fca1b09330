import { commit } from "#db/client.ts";
import { listReminded, listToRemind, markRemindersPlanned } from "#db/lesson-reminders.ts";
import { insertJobs } from "#db/operation.ts";
import type { AppContext } from "../../context.ts";
import type { JobKind, JobPayloads } from "../jobs.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { isQuiet } from "../notifications/quiet.ts";
import { quietOf } from "../notifications/read-preferences.server.ts";
import { AHEAD_OF_ALL, remindersFor } from "./reminders.ts";

const A_RUN = 50;

/** Plans who is reminded when of the lessons that come near. A lesson that moves is planned anew. Answers of how many. */
export async function planReminders(ctx: AppContext): Promise<number> {
  const now = ctx.clock.now();
  const near = await listToRemind(ctx.db, now, now + AHEAD_OF_ALL, A_RUN);
  if (near.length === 0) return 0;
  const people = await listReminded(ctx.db, near.map(({ id }) => id), now);
  const jobs = people.flatMap(({ lessonId, userId, startsAt, timeZone, ...settings }) => remindersFor(startsAt, timeZone, quietOf(settings), now).map(({ which, at }) => (
    { id: ctx.ids.make("job"), kind: "remind-of-lesson" satisfies JobKind, payload: { lessonId, userId, startsAt, which }, availableAt: at, createdAt: now }
  )));
  await commit(ctx.db, [markRemindersPlanned(ctx.db, near), ...insertJobs(ctx.db, jobs)]);
  await ctx.jobs.ring(jobs.filter(({ availableAt }) => availableAt <= now).map(({ id }) => id));
  return near.length;
}

/** Reminds one person, once, of a lesson that still stands at that time and has not begun; never in their quiet hours. */
export async function remindOfLesson(ctx: AppContext, { lessonId, userId, startsAt, which }: JobPayloads["remind-of-lesson"]): Promise<void> {
  const now = ctx.clock.now();
  const reminded = (await listReminded(ctx.db, [lessonId], now)).find((one) => one.userId === userId && one.startsAt === startsAt);
  if (!reminded || startsAt <= now || isQuiet(now, reminded.timeZone, quietOf(reminded))) return;
  const facts = { child: reminded.student, subject: reminded.subject, startsAt, place: reminded.place ?? "" };
  const news = notify(ctx, [userId], { type: "lesson.reminder", facts, path: `/schedule/${lessonId}`, cause: `${lessonId}.${startsAt}.${which}`, childId: reminded.studentId });
  await commit(ctx.db, news.writes);
  await ctx.jobs.ring(news.jobIds);
}
