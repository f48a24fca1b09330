import { eq } from "drizzle-orm";
import { achievements, activities, goals, moods } from "#db/schema/daily-life.ts";
import type { TestContext } from "#tests/world.ts";

/** Marks in what a child does, reaches for, was given and feels, for the consent matrix to look for. */
export async function plantLife(ctx: TestContext, side: { childId: string; schoolId: string; moodId: string; goalId: string; achievementId: string }, word: string) {
  const now = ctx.clock.now();
  const onDate = new Date(now).toISOString().slice(0, 10);
  await ctx.db.batch([
    ctx.db.insert(activities).values({ id: ctx.ids.make("act"), studentId: side.childId, schoolId: side.schoolId, kind: "lesson", about: `Did${word}`, minutes: 30, onDate, at: now }),
    ctx.db.update(moods).set({ note: `Felt${word}` }).where(eq(moods.id, side.moodId)),
    ctx.db.update(goals).set({ title: `Strives${word}` }).where(eq(goals.id, side.goalId)),
    ctx.db.update(achievements).set({ criteria: `Achieved${word}` }).where(eq(achievements.id, side.achievementId)),
  ]);
  return { progress: [`Strives${word}`, `Achieved${word}`], activity: [`Did${word}`], mood: [`Felt${word}`] };
}
