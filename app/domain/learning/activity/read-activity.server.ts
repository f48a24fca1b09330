import { selectActiveDates, selectActivityDays, selectFeed, type FeedRow } from "#db/activities.ts";
import { selectChildAccess, type ChildAccessRow } from "#db/child-access.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { localDate } from "../../clock.ts";
import { readRule } from "../../consent/access.ts";
import { byMoment, momentOf, pageOf, type Paging } from "../../paging.ts";
import { can } from "../../policy.ts";
import { addDays, daysOf, type DaysInput } from "../days.ts";
import { openChild } from "../open-child.server.ts";
import { everyDay, placeOf, streaksOf, toldBy, weeksOf, type Day } from "./rules.ts";

const USUAL_DAYS = 28;
const rule = readRule("activity");

/** What a learner did on the days asked for, by day and by week in their own zone, and their streaks. */
export async function readActivity(ctx: AppContext, actor: Actor, studentId: string, asked: DaysInput) {
  const { statements, of } = statistics(ctx, actor, studentId, asked);
  const [[row], days, dates] = await ctx.db.batch(statements);
  return of(row, days, dates);
}

/** What they did, newest first, each with the place of the very thing. */
export async function readFeed(ctx: AppContext, actor: Actor, studentId: string, page: Paging) {
  const now = ctx.clock.now();
  const [[row], found] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectFeed(ctx.db, actor.userId, studentId, rule, { before: momentOf(page.cursor), limit: page.limit + 1 }, now)]);
  openChild(ctx, actor, row, "activity");
  return paged(found, page.limit, actor);
}

/** Both for the page, in one batch. */
export async function loadActivity(ctx: AppContext, actor: Actor, studentId: string, asked: DaysInput, page: Paging) {
  const { statements, of } = statistics(ctx, actor, studentId, asked);
  const [[row], days, dates, found] = await ctx.db.batch([...statements, selectFeed(ctx.db, actor.userId, studentId, rule, { before: momentOf(page.cursor), limit: page.limit + 1 }, ctx.clock.now())]);
  return { ...of(row, days, dates), feed: paged(found, page.limit, actor), mayTell: can(actor, "activity:tell", studentId) };
}

function statistics(ctx: AppContext, actor: Actor, studentId: string, asked: DaysInput) {
  const now = ctx.clock.now();
  // The learner's zone comes with the same batch: a day more at either end, cut off below.
  const wide = daysOf(asked, addDays(new Date(now).toISOString().slice(0, 10), 1), USUAL_DAYS + 2);
  return {
    statements: [selectChildAccess(ctx.db, actor, studentId, now), selectActivityDays(ctx.db, actor.userId, studentId, rule, wide, now), selectActiveDates(ctx.db, actor.userId, studentId, rule, now)] as const,
    of: (row: ChildAccessRow | undefined, found: Day[], dates: { date: string }[]) => {
      const child = openChild(ctx, actor, row, "activity");
      const today = localDate(now, child.timeZone);
      const range = daysOf(asked, today, USUAL_DAYS);
      const days = everyDay(found.filter(({ date }) => range.from <= date && date <= range.to), range);
      return { child, today, range, days, weeks: weeksOf(days), streaks: streaksOf(dates.map(({ date }) => date), today) };
    },
  };
}

function paged(rows: FeedRow[], limit: number, { userId }: Actor) {
  const { items, nextCursor } = pageOf(rows, limit, byMoment);
  return { items: items.map(({ cause, ...item }) => ({ ...item, place: placeOf(cause), own: cause?.startsWith(toldBy(userId)) ?? false })), nextCursor };
}
type ActivityPage = Awaited<ReturnType<typeof loadActivity>>;
export type FeedItem = ActivityPage["feed"]["items"][number];
