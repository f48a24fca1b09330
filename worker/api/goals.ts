import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { AnswerInput, ChangeGoalInput, CreateGoalInput, StepInput } from "#app/domain/learning/goals/inputs.ts";
import { addStep, answerSuggestion, changeGoal, createGoal, removeGoal } from "#app/domain/learning/goals/keep-goals.server.ts";
import { readGoal, readGoals, type GoalItem } from "#app/domain/learning/goals/read-goals.server.ts";
import { AREAS, STATUSES } from "#app/domain/learning/goals/rules.ts";
import { keyOf, RULES } from "#app/domain/learning/goals/suggestions.ts";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const Facts = z.record(z.string(), z.union([z.string(), z.number()]));
const RuleName = z.enum(Object.keys(RULES) as [keyof typeof RULES]);
const Goal = z.object({
  id: z.string(), area: z.enum(AREAS), title: z.string(), why: z.string(), targetOn: z.iso.date().nullable(), status: z.enum(STATUSES), percent: z.int(), createdAt: Instant,
  steps: z.array(z.object({ percent: z.int(), note: z.string().nullable(), by: z.string(), at: Instant })).meta({ description: "The last fifty, oldest first" }),
  suggestedBy: RuleName.nullable().meta({ description: "The rule that suggested it; null: the family's own" }), evidence: Facts.nullable().meta({ description: "What the rule went by, where the caller may see that kind of data" }),
}).meta({ id: "Goal" });
const Suggestion = z.object({ key: z.string(), rule: RuleName, area: z.enum(AREAS), evidence: Facts }).meta({ id: "GoalSuggestion" });
const view = ({ createdAt, steps, ...goal }: GoalItem): z.infer<typeof Goal> => ({ ...goal, createdAt: isoTime(createdAt), steps: steps.map((step) => ({ ...step, at: isoTime(step.at) })) });

const ChildId = z.object({ childId: z.string() });
const GoalId = ChildId.extend({ goalId: z.string() });
const one = async (ctx: AppContext, actor: Actor, childId: string, id: string) => view(await readGoal(ctx, actor, childId, id));
const tag = "Goals";
const required = "required" as const;

export const goals = [
  endpoint({
    method: "get", path: "/children/{childId}/goals", tag, summary: "Goals with their steps, those not over first, and, for the family, what rules suggest", actor: required, policy: "own", params: ChildId, query: Paging, answers: { 200: pageOf(Goal).extend({ suggestions: z.array(Suggestion) }).meta({ id: "Goals" }) },
    handle: async ({ ctx, actor, params, query }) => {
      const { items, nextCursor, suggestions } = await readGoals(ctx, actor, params.childId, query);
      return { status: 200, body: { items: items.map(view), nextCursor, suggestions: suggestions.map(({ rule, area, facts }) => ({ key: keyOf({ rule, facts }), rule, area, evidence: facts })) } };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/goals", tag, summary: "Set a goal", actor: required, policy: "goal:set", params: ChildId, body: CreateGoalInput, answers: { 201: Goal }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => ({ status: 201, body: await one(ctx, actor, params.childId, await createGoal(ctx, actor, params.childId, body, await repeatOf(idempotencyKey, ["goal", params.childId, body]))) }),
  }),
  endpoint({
    method: "patch", path: "/children/{childId}/goals/{goalId}", tag, summary: "Change it: what it says, or pause, resume, complete or give it up", actor: required, policy: "goal:set", params: GoalId, body: ChangeGoalInput, answers: { 200: Goal }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await changeGoal(ctx, actor, params.childId, params.goalId, body);
      return { status: 200, body: await one(ctx, actor, params.childId, params.goalId) };
    },
  }),
  endpoint({
    method: "delete", path: "/children/{childId}/goals/{goalId}", tag, summary: "Remove it with its steps", actor: required, policy: "goal:set", params: GoalId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await removeGoal(ctx, actor, params.childId, params.goalId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/goals/{goalId}/steps", tag, summary: "Note how far it has come", actor: required, policy: "goal:set", params: GoalId, body: StepInput, answers: { 201: Goal }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      await addStep(ctx, actor, params.childId, params.goalId, body, await repeatOf(idempotencyKey, ["step", params.goalId, body]));
      return { status: 201, body: await one(ctx, actor, params.childId, params.goalId) };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/goals/suggestions", tag, summary: "Take a suggestion up, or dismiss it for good", actor: required, policy: "goal:set", params: ChildId, body: AnswerInput, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await answerSuggestion(ctx, actor, params.childId, body, messagesFor(actor.locale).goals.rules);
      return { status: 204 };
    },
  }),
];
