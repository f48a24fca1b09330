import { selectActiveDates } from "#db/activities.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectAnswered, selectEvidenceCounts, selectGoal, selectGoals, selectLateWork, selectStepsOfGoal, selectStepsOfGoals, type GoalPlace, type GoalRow, type GoalStepRow } from "#db/goals.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { DAY, localDate } from "../../clock.ts";
import { readRule, type ChildAccess } from "../../consent/access.ts";
import { invalid, notFound } from "../../errors.ts";
import { pageOf, type Paging } from "../../paging.ts";
import { can, canRead } from "../../policy.ts";
import { streaksOf } from "../activity/rules.ts";
import { openChild } from "../open-child.server.ts";
import { isOpen, type Status } from "./rules.ts";
import { keyOf, RULES, suggestionsFrom, type Rule, type Suggestion } from "./suggestions.ts";

const LATELY = 90 * DAY;

/** A student's goals with their steps, what is open first, and, for the family, what the records suggest, as far as these are the reader's to see. `asked` is one of them, wherever it stands. */
export async function readGoals(ctx: AppContext, actor: Actor, studentId: string, { cursor, limit, asked = "" }: Paging & { asked?: string | undefined }) {
  const now = ctx.clock.now();
  const isSelf = actor.userId === studentId;
  const range = { after: placeOf(cursor), limit: limit + 1 };
  const [[row], goals, steps, [one], stepsOfOne, answered, dates, evidence, [work]] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectGoals(ctx.db, studentId, range), selectStepsOfGoals(ctx.db, studentId, range), selectGoal(ctx.db, studentId, asked), selectStepsOfGoal(ctx.db, asked), selectAnswered(ctx.db, studentId),
    selectActiveDates(ctx.db, actor.userId, studentId, readRule("activity"), now), selectEvidenceCounts(ctx.db, studentId, now - LATELY, isSelf ? "child" : "guardian"), selectLateWork(ctx.db, studentId, now - LATELY),
  ]);
  const child = openChild(ctx, actor, row, "progress");
  const sees = seesBy(actor, accessOf(row, actor, now));
  const maySet = can(actor, "goal:set", studentId);
  const today = localDate(now, child.timeZone);
  const suggestions = maySet
    ? suggestionsFrom({
        streaks: sees("streak_lost") ? streaksOf(dates.map(({ date }) => date), today) : null,
        // Who reads goals reads progress.
        evidence: Object.fromEntries(evidence.map(({ competency, count }) => [competency, count])),
        work: sees("late_work") ? work! : null,
      }, answered.map(({ suggestion }) => keyOf(suggestion!)))
    : [];
  const { items, nextCursor } = pageOf(goals, limit, ({ status, id }) => `${isOpen(status as Status) ? "open" : "over"}.${id}`);
  const stepsBy = Map.groupBy(steps, ({ goalId }) => goalId);
  return { child, maySet, suggestions, items: items.map((goal) => itemOf(goal, stepsBy.get(goal.id) ?? [], sees)), nextCursor, asked: one ? itemOf(one, stepsOfOne, sees) : null };
}
type GoalsPage = Awaited<ReturnType<typeof readGoals>>;
export type GoalItem = GoalsPage["items"][number];

/** One of them, with its steps. */
export async function readGoal(ctx: AppContext, actor: Actor, studentId: string, id: string): Promise<GoalItem> {
  const now = ctx.clock.now();
  const [[row], [goal], steps] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectGoal(ctx.db, studentId, id), selectStepsOfGoal(ctx.db, id)]);
  openChild(ctx, actor, row, "progress");
  if (!goal) throw notFound();
  return itemOf(goal, steps, seesBy(actor, accessOf(row, actor, now)));
}

/** Whether the reader may see what a rule goes by. */
const seesBy = (actor: Actor, access: ChildAccess | undefined) => (rule: Rule) => canRead(actor, access, RULES[rule].reads);

function placeOf(cursor: string | undefined): GoalPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, state, id] = /^(open|over)\.(.+)$/.exec(cursor) ?? [];
  if (id === undefined) throw invalid("cursor", "invalid");
  return { open: state === "open", id };
}

function itemOf({ id, area, title, why, targetOn, status, percent, suggestion, createdAt }: GoalRow, steps: GoalStepRow[], sees: (rule: Rule) => boolean) {
  const by = suggestion && suggestion.rule in RULES ? (suggestion as Suggestion) : null;
  return {
    id, area, title, why, targetOn, status: status as Status, percent, createdAt, steps: steps.toReversed().map(({ percent: reached, note, at, by: name }) => ({ percent: reached, note, at, by: name })),
    suggestedBy: by?.rule ?? null, evidence: by && sees(by.rule) ? by.facts : null,
  };
}
