import { giveAchievement } from "#app/domain/learning/achievements/give-achievement.server.ts";
import { insertMany } from "#db/bulk.ts";
import { commit } from "#db/client.ts";
import { ill } from "#db/demo/lessons.ts";
import { achievements, atHome, goals, moods, whileIll } from "#db/demo/life.ts";
import type { DemoChildKey } from "#db/demo/people.ts";
import * as tables from "#db/schema/index.ts";
import type { Days } from "./days.ts";
import { id, type Ids } from "./load-schools.ts";
import type { LivingWorld } from "./living.ts";

/** The last thirty days, the oldest first. */
const PAST = Array.from({ length: 31 }, (_, at) => at - 30);
const wasIll = (child: string, day: number) => child === ill.child && day >= -ill.days;

/** What is done and felt at home, what one strives for, and what one was given. */
export async function insertDemoLife(world: LivingWorld, ids: Ids, days: Days): Promise<void> {
  const { ctx } = world;
  const set = goals.map(({ child, by, set: day, target, steps, rule, ...goal }) => {
    const [createdAt, changedAt] = [days.at(day, "19:30"), days.was(steps.at(-1)!.day, "19:45")];
    const row = { id: days.make("goal", createdAt), studentId: id(ids, child), ...goal, targetOn: target === null ? null : days.date(target), percent: steps.at(-1)!.percent, origin: rule ? ("system" as const) : ("family" as const), suggestion: rule ?? null, createdBy: id(ids, by), createdAt, changedAt };
    return { row, steps: steps.map(({ day: on, percent, note }) => ({ id: days.make("step", days.was(on, "19:45")), goalId: row.id, studentId: row.studentId, percent, note, byId: row.createdBy, at: days.was(on, "19:45") })) };
  });
  await commit(ctx.db, [
    ...insertMany(ctx.db, tables.activities, (Object.keys(atHome) as DemoChildKey[]).flatMap((child) => activitiesOf(ids, days, child))),
    ...insertMany(ctx.db, tables.moods, (Object.keys(moods) as DemoChildKey[]).flatMap((child) => moodsOf(ids, days, child))),
    ...insertMany(ctx.db, tables.goals, set.map(({ row }) => row)), ...insertMany(ctx.db, tables.goalSteps, set.flatMap(({ steps }) => steps)),
  ]);
  for (const { child, by, day, ...given } of achievements.toSorted((one, other) => one.day - other.day)) {
    world.setNow(days.at(day, "14:30"));
    await world.as(id(ids, by), (actor) => giveAchievement(ctx, actor, id(ids, child), given));
  }
}

function activitiesOf(ids: Ids, days: Days, child: DemoChildKey): (typeof tables.activities.$inferInsert)[] {
  const { rests, things } = atHome[child];
  return PAST.filter((day) => !rests.includes((day + 35) % 7) && !wasIll(child, day) && days.at(day, "18:45") <= days.now).map((day, nth) => {
    const [kind, about, minutes] = things[nth % things.length]!;
    const at = days.at(day, "18:45");
    return { id: days.make("act", at), studentId: id(ids, child), schoolId: null, subjectId: null, kind, about, minutes: minutes + (nth % 4) * 5, cause: null, onDate: days.date(day), at };
  });
}

/** Today's is said already, except where that day is silent. */
function moodsOf(ids: Ids, days: Days, child: DemoChildKey): (typeof tables.moods.$inferInsert)[] {
  const { by, silent, said } = moods[child]!;
  return PAST.filter((day) => !silent.includes((day + 35) % 7)).map((day, nth) => {
    const [mood, energy, note] = wasIll(child, day) ? whileIll : said[nth % said.length]!;
    const at = days.was(day, "07:10");
    return { id: days.make("mood", at), studentId: id(ids, child), onDate: days.date(day), mood, energy, note, recordedBy: id(ids, by), at };
  });
}
