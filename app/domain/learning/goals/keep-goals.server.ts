import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit, type Write } from "#db/client.ts";
import { selectConsents } from "#db/consents.ts";
import { broke } from "#db/errors.ts";
import { deleteGoal, insertGoal, insertGoalStep, selectGoal, updateGoal, type GoalRow } from "#db/goals.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { DomainError, notFound } from "../../errors.ts";
import { claimRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { notify } from "../../notifications/notify.server.ts";
import { authorize, authorizeRead } from "../../policy.ts";
import { familyReaders } from "../family-readers.server.ts";
import type { AnswerInput, ChangeGoalInput, CreateGoalInput, StepInput } from "./inputs.ts";
import { readGoals } from "./read-goals.server.ts";
import { isOpen, mayTurn, type Status } from "./rules.ts";
import { keyOf, type Rule, type Suggestion } from "./suggestions.ts";

/** Sets a goal of the family's own. */
export async function createGoal(ctx: AppContext, actor: Actor, studentId: string, input: CreateGoalInput, repeat: Repeat | null = null): Promise<string> {
  authorize(actor, "goal:set", studentId);
  const now = ctx.clock.now();
  const [row] = await selectChildAccess(ctx.db, actor, studentId, now);
  authorizeRead(actor, accessOf(row, actor, now), "progress");
  const id = ctx.ids.make("goal");
  return once(ctx, actor.userId, repeat, async () => {
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, id), insertGoal(ctx.db, { id, studentId, ...input, status: "active", origin: "family", createdBy: actor.userId, createdAt: now, changedAt: now }),
      act(ctx, actor, { id, studentId }, "set"),
    ]);
    return id;
  });
}

/** Changes what it says, or pauses, resumes, completes or gives it up. */
export async function changeGoal(ctx: AppContext, actor: Actor, studentId: string, id: string, change: ChangeGoalInput): Promise<void> {
  const { goal, name, readers } = await known(ctx, actor, studentId, id);
  const { status } = change;
  if (status !== undefined && !mayTurn(goal.status as Status, status)) throw new DomainError("conflict", "goal_over");
  const fields = Object.entries(change).filter(([field, value]) => value !== goal[field as keyof GoalRow]).map(([field]) => field);
  if (fields.length === 0) return;
  const now = ctx.clock.now();
  const completes = status === "completed" && goal.status !== "completed";
  const title = change.title ?? goal.title;
  const news = notify(ctx, completes ? readers.filter((userId) => userId !== actor.userId) : [], { type: "goal.completed", facts: { child: name, title, by: actor.name }, path: `/children/${studentId}/goals`, cause: `${id}.completed`, childId: studentId });
  await commit(ctx.db, [
    updateGoal(ctx.db, id, { ...change, ...(completes ? { percent: 100 } : {}), changedAt: now }),
    ...(completes && goal.percent < 100 ? [step(ctx, actor, goal, { percent: 100, note: null })] : []),
    act(ctx, actor, goal, completes ? "completed" : "changed", { fields }), ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
}

/** How far one has come, with a word about it. */
export async function addStep(ctx: AppContext, actor: Actor, studentId: string, id: string, input: StepInput, repeat: Repeat | null = null): Promise<void> {
  const { goal } = await known(ctx, actor, studentId, id);
  if (!isOpen(goal.status as Status)) throw new DomainError("conflict", "goal_over");
  await once(ctx, actor.userId, repeat, async () => {
    await commit(ctx.db, [...claimRepeat(ctx, actor.userId, repeat, id), step(ctx, actor, goal, input), updateGoal(ctx.db, id, { percent: input.percent, changedAt: ctx.clock.now() }), act(ctx, actor, goal, "progressed", { percent: input.percent })]);
    return id;
  });
}

/** Removes it with its steps. One that was suggested is given up instead, so that it is not suggested again. */
export async function removeGoal(ctx: AppContext, actor: Actor, studentId: string, id: string): Promise<void> {
  const { goal } = await known(ctx, actor, studentId, id);
  const gone: Write[] = goal.origin === "system" ? [updateGoal(ctx.db, id, { status: "cancelled", percent: 0, changedAt: ctx.clock.now() })] : deleteGoal(ctx.db, id);
  await commit(ctx.db, [...gone, act(ctx, actor, goal, "removed")]);
}

/** Takes a suggestion up as a goal, called in the reader's words, or dismisses it for good. Only what the records suggest now can be answered. */
export async function answerSuggestion(ctx: AppContext, actor: Actor, studentId: string, { key, answer }: AnswerInput, words: Record<Rule, { title(facts: Suggestion["facts"]): string }>): Promise<void> {
  authorize(actor, "goal:set", studentId);
  const { suggestions } = await readGoals(ctx, actor, studentId, { limit: 1 });
  const found = suggestions.find((suggestion) => keyOf(suggestion) === key);
  if (!found) throw new DomainError("conflict", "suggestion_over");
  const [id, now] = [ctx.ids.make("goal"), ctx.clock.now()];
  const { rule, facts, area } = found;
  try {
    await commit(ctx.db, [
      insertGoal(ctx.db, { id, studentId, area, title: words[rule].title(facts), status: answer === "accept" ? "active" : "cancelled", origin: "system", suggestion: { rule, facts }, createdBy: actor.userId, createdAt: now, changedAt: now }),
      act(ctx, actor, { id, studentId }, answer === "accept" ? "accepted" : "dismissed", { rule }),
    ]);
  } catch (error) {
    if (broke(error, "UNIQUE goals.student_id")) throw new DomainError("conflict", "suggestion_over");
    throw error;
  }
}

async function known(ctx: AppContext, actor: Actor, studentId: string, id: string) {
  authorize(actor, "goal:set", studentId);
  const now = ctx.clock.now();
  const [[row], [goal], guardians, settings] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectGoal(ctx.db, studentId, id), selectGuardiansOf(ctx.db, studentId, now), selectConsents(ctx.db, studentId)]);
  authorizeRead(actor, accessOf(row, actor, now), "progress");
  if (!goal) throw notFound();
  return { goal, name: row!.name, readers: familyReaders(studentId, guardians, settings, "progress", now) };
}

const step = (ctx: AppContext, actor: Actor, goal: Pick<GoalRow, "id" | "studentId">, { percent, note }: StepInput) =>
  insertGoalStep(ctx.db, { id: ctx.ids.make("step"), goalId: goal.id, studentId: goal.studentId, percent, note, byId: actor.userId, at: ctx.clock.now() });

/** What a child strives for stays out of the audit log. */
const act = (ctx: AppContext, actor: Actor, { id, studentId }: Pick<GoalRow, "id" | "studentId">, what: string, details?: Record<string, unknown>) =>
  record(ctx, actor, { action: `goal.${what}`, subjectId: id, childId: studentId, ...(details ? { details } : {}) });
