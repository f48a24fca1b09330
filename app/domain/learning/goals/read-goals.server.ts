import { selectActiveDates } from "#db/activities.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectEvidenceCounts, selectGoals, selectGoalSteps, selectLateWork, type GoalRow, type GoalStepRow } from "#db/goals.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { DAY, localDate } from "../../clock.ts";
import { readRule } from "../../consent/access.ts";
import { can, canRead } from "../../policy.ts";
import { streaksOf } from "../activity/rules.ts";
import { openChild } from "../open-child.server.ts";
import { isOpen, type Status } from "./rules.ts";
import { keyOf, RULES, suggestionsFrom, type Rule, type Suggestion } from "./suggestions.ts";

const LATELY = 90 * DAY;

/** A student's goals with their steps and, for the family, what the records suggest, as far as these are the reader's to see. */
export async function readGoals(ctx: AppContext, actor: Actor, studentId: string) {
  const now = ctx.clock.now();
  const isSelf = actor.userId === studentId;
  const [[row], goals, steps, dates, evidence, [work]] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectGoals(ctx.db, studentId), selectGoalSteps(ctx.db, studentId),
    selectActiveDates(ctx.db, actor.userId, studentId, readRule("activity"), now), selectEvidenceCounts(ctx.db, studentId, now - LATELY, isSelf ? "child" : "guardian"), selectLateWork(ctx.db, studentId, now - LATELY),
  ]);
  const child = openChild(ctx, actor, row, "progress");
  const access = accessOf(row, actor, now);
  const sees = (rule: Rule) => canRead(actor, access, RULES[rule].reads);
  const maySet = can(actor, "goal:set", studentId);
  const today = localDate(now, child.timeZone);
  const suggestions = maySet
    ? suggestionsFrom({
        streaks: sees("streak_lost") ? streaksOf(dates.map(({ date }) => date), today) : null,
        evidence: sees("little_evidence") ? Object.fromEntries(evidence.map(({ competency, count }) => [competency, count])) : null,
        work: sees("late_work") ? work! : null,
      }, goals.flatMap(({ suggestion }) => (suggestion ? [keyOf(suggestion)] : [])))
    : [];
  const stepsOf = Map.groupBy(steps, ({ goalId }) => goalId);
  // A goal that was only dismissed was never one.
  const items = goals.filter(({ origin, status, percent }) => !(origin === "system" && status === "cancelled" && percent === 0)).map((goal) => itemOf(goal, (stepsOf.get(goal.id) ?? []).toReversed(), sees));
  return { child, today, maySet, suggestions, open: items.filter(({ status }) => isOpen(status)), over: items.filter(({ status }) => !isOpen(status)) };
}
export type GoalsPage = Awaited<ReturnType<typeof readGoals>>;
export type GoalItem = GoalsPage["open"][number];

function itemOf({ id, area, title, why, targetOn, status, percent, suggestion, createdAt }: GoalRow, steps: GoalStepRow[], sees: (rule: Rule) => boolean) {
  const by = suggestion && suggestion.rule in RULES ? (suggestion as Suggestion) : null;
  return {
    id, area, title, why, targetOn, status: status as Status, percent, createdAt, steps: steps.map(({ percent: reached, note, at, by: name }) => ({ percent: reached, note, at, by: name })),
    suggestedBy: by?.rule ?? null, evidence: by && sees(by.rule) ? by.facts : null,
  };
}
