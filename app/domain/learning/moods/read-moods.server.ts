import { selectChildAccess } from "#db/child-access.ts";
import { selectMoods } from "#db/moods.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { localDate } from "../../clock.ts";
import { can } from "../../policy.ts";
import { addDays, daysOf, type DaysInput } from "../days.ts";
import { openChild } from "../open-child.server.ts";
import { energyByDay, trendOf, whyFixed } from "./rules.ts";

const USUAL_DAYS = 28;

/** How a child felt on those days, with the trend. Of the family alone, unless it says otherwise. */
export async function readMoods(ctx: AppContext, actor: Actor, studentId: string, asked: DaysInput) {
  const now = ctx.clock.now();
  // The child's zone comes with the same batch: a day more is asked for, and left out again.
  const wide = daysOf(asked, addDays(new Date(now).toISOString().slice(0, 10), 1), USUAL_DAYS + 2);
  const [[row], found] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectMoods(ctx.db, studentId, wide)]);
  const child = openChild(ctx, actor, row, "mood");
  const today = localDate(now, child.timeZone);
  const days = daysOf(asked, today, USUAL_DAYS);
  const entries = found.filter(({ onDate }) => days.from <= onDate && onDate <= days.to).map((entry) => ({ ...entry, mayChange: whyFixed(entry, actor.userId, today) === null }));
  const energy = energyByDay(entries);
  const own = found.find((entry) => entry.recordedBy === actor.userId && entry.onDate === today) ?? null;
  return { child, today, days, entries, energy, trend: trendOf(energy), mayRecord: can(actor, "mood:record", studentId), own };
}
export type MoodPage = Awaited<ReturnType<typeof readMoods>>;
