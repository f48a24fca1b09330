import { selectActiveGoals, selectLearningDays, selectLessonsOfStudents, selectTasks, selectUnfinished, type GoalBrief, type LessonBrief, type MaterialBrief, type TaskBrief } from "#db/dashboards.ts";
import { MINUTES, selectBalances } from "#db/ledger.ts";
import { selectDecisionsOfPage, selectPaymentsOfPage, selectRequests } from "#db/purchases.ts";
import { selectStandingFacts } from "#db/standings.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { standingsOf, type ChildStanding } from "../budgets/children-standings.server.ts";
import { DAY, localDate } from "../clock.ts";
import type { Money } from "../money.ts";
import { briefOf, type PurchaseBrief } from "../purchases/purchase-page.server.ts";
import { lastDays, minutesPerDay } from "./rules.ts";

export type StudentDashboard = {
  lessons: LessonBrief[]; tasks: TaskBrief[]; materials: MaterialBrief[]; goals: GoalBrief[];
  /** The last seven local days. */
  week: { dates: string[]; minutes: number[]; total: number };
  standing: ChildStanding | null; balance: Money | null; minutes: number; requests: PurchaseBrief[];
};

/** What a student has to do, what comes next, how it goes, what they have and last asked for: one batch. */
export async function getStudentDashboard(ctx: AppContext, actor: Actor): Promise<StudentDashboard> {
  const now = ctx.clock.now();
  const own = [actor.userId];
  const dates = lastDays(localDate(now, actor.timeZone), 7);
  const [homes, controls, limits, periods, requests, decisions, payments, balances, lessons, tasks, materials, goals, days] = await ctx.db.batch([
    ...selectStandingFacts(ctx.db, own, now),
    selectRequests(ctx.db, own, {}, now, 3), selectDecisionsOfPage(ctx.db, own, {}, now, 3), selectPaymentsOfPage(ctx.db, own, {}, now, 3),
    selectBalances(ctx.db, actor.userId),
    selectLessonsOfStudents(ctx.db, own, { from: now - DAY / 3, until: now + 7 * DAY, limit: 6 }),
    selectTasks(ctx.db, own, { from: now - 14 * DAY, until: now + 14 * DAY, limit: 5 }, now), selectUnfinished(ctx.db, actor.userId, 3, now), selectActiveGoals(ctx.db, actor.userId, 3), selectLearningDays(ctx.db, own, dates[0]!),
  ]);
  const standing = standingsOf([homes, controls, limits, periods], now).get(actor.userId) ?? null;
  const minutes = minutesPerDay(days, dates);
  return {
    lessons: lessons.filter(({ endsAt }) => endsAt > now).slice(0, 3), tasks, materials, goals, week: { dates, minutes, total: minutes.reduce((sum, some) => sum + some, 0) },
    standing,
    balance: standing && { amount: balances.find(({ unit }) => unit === standing.currency)?.balance ?? 0, currency: standing.currency },
    minutes: balances.find(({ unit }) => unit === MINUTES)?.balance ?? 0,
    requests: requests.map((row) => briefOf(row, decisions, payments, now)),
  };
}
