import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertLessonChanges } from "#db/lesson-writes.ts";
import { postMakeUp } from "#db/ledger.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { lessonNews } from "./lesson-news.server.ts";
import { loadHeld } from "./load-held.server.ts";
import { minutesOf } from "./rules.ts";

/** Who teaches, or runs the school, gives back the hours that a lesson used up, once and with the reason. */
export async function giveMakeUp(ctx: AppContext, actor: Actor, lessonId: string, reason: string): Promise<void> {
  const { lesson, guardians, madeUpAt } = await loadHeld(ctx, actor, lessonId, ({ teaches, administers }) => teaches || administers);
  if (lesson.hours !== "consumed") throw new DomainError("conflict", "no_hours_used");
  if (madeUpAt !== null) throw new DomainError("conflict", "made_up_already");
  const [now, minutes] = [ctx.clock.now(), minutesOf(lesson)];
  const news = lessonNews(ctx, actor, lesson, guardians, "lesson.made_up", { minutes });
  try {
    await commit(ctx.db, [
      ...postMakeUp(ctx.db, () => ctx.ids.make("entry"), { lessonId, schoolId: lesson.schoolId, studentId: lesson.studentId, minutes, at: now }),
      ...insertLessonChanges(ctx.db, [{ id: ctx.ids.make("lch"), lessonId, what: "made_up", byId: actor.userId, facts: { minutes }, at: now }]),
      record(ctx, actor, { action: "lesson.made_up", subjectId: lessonId, childId: lesson.studentId, schoolId: lesson.schoolId, details: { minutes, reason } }),
      ...news.writes,
    ]);
  } catch (error) {
    if (broke(error, "UNIQUE ledger_entries.cause_id")) throw new DomainError("conflict", "made_up_already");
    throw error;
  }
  await ctx.jobs.ring(news.jobIds);
}
