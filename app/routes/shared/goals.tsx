import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { GoalCard } from "#app/components/goals/goal-card.tsx";
import { GoalQuestion, type Asked } from "#app/components/goals/goal-question.tsx";
import { SuggestionList } from "#app/components/goals/suggestion-list.tsx";
import { useBackTo } from "#app/components/learning/use-back-to.ts";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { GoalAct, goalActFrom } from "#app/domain/learning/goals/goal-acts.ts";
import { addStep, answerSuggestion, changeGoal, createGoal, removeGoal } from "#app/domain/learning/goals/keep-goals.server.ts";
import { readGoals, type GoalItem } from "#app/domain/learning/goals/read-goals.server.ts";
import { isOpen } from "#app/domain/learning/goals/rules.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const goals = await read(() => readGoals(context, actor, params.childId ?? "", { cursor: query.before?.slice(0, 100), limit: 12, asked: query.change ?? query.step ?? query.remove }));
  const { goals: m } = messagesFor(actor.locale);
  return { title: goals.child.as === "self" ? m.titleOwn : m.title(goals.child.name), query, key: context.ids.secret(), ...goals };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = params.childId ?? "";
  const back = (done: string) => redirect(`/children/${studentId}/goals?done=${done}`, 303);
  return submit(request, GoalAct, async (input, { key }) => {
    switch (input.act) {
      case "create": { const { act: _act, ...goal } = input; await createGoal(context, actor, studentId, goal, await repeatOf(key, [studentId, goal])); return back("created"); }
      case "change": { const { act: _act, goalId, ...change } = input; await changeGoal(context, actor, studentId, goalId, change); return back("changed"); }
      case "turn": await changeGoal(context, actor, studentId, input.goalId, { status: input.status }); return back("changed");
      case "step": { const { act: _act, goalId, ...step } = input; await addStep(context, actor, studentId, goalId, step, await repeatOf(key, [goalId, step])); return back("step"); }
      case "remove": await removeGoal(context, actor, studentId, input.goalId); return back("removed");
      default: await answerSuggestion(context, actor, studentId, { key: input.key, answer: input.act }, messagesFor(actor.locale).goals.rules); return back(input.act === "accept" ? "accepted" : "dismissed");
    }
  }, goalActFrom);
}

export default function Goals() {
  const { m: { goals: m } } = useLanguage();
  const { title, query, key, child, maySet, suggestions, items, asked, nextCursor } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = m.done[query.done ?? ""];
  const later = query.before !== undefined;
  const question = maySet ? questionOf(refusal ? { [refusal.values.act ?? ""]: refusal.values.goalId ?? "" } : query, asked ? [asked, ...items] : items) : null;
  const [open, over] = [items.filter(({ status }) => isOpen(status)), items.filter(({ status }) => !isOpen(status))];
  const at = `/children/${child.id}/goals`;
  return (
    <>
      <PageHeader title={title} about={m.about} back={useBackTo(child)} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      {question && <GoalQuestion asked={question} back={at} idempotencyKey={key} refusal={refusal} />}
      {maySet && !question && <p><ButtonLink href="?create">{m.set}</ButtonLink></p>}
      {open.map((goal) => <GoalCard key={goal.id} goal={goal} maySet={maySet} />)}
      {open.length === 0 && !later && <EmptyState title={m.none}>{maySet && <p>{m.noneText}</p>}</EmptyState>}
      {!later && <SuggestionList suggestions={suggestions} />}
      {over.length > 0 && <><h2>{m.over}</h2>{over.map((goal) => <GoalCard key={goal.id} goal={goal} maySet={maySet} />)}</>}
      <Pagination olderHref={nextCursor && `?before=${nextCursor}`} />
    </>
  );
}

/** What the address, or the form that was refused, asks about. */
function questionOf(asked: Record<string, string>, goals: GoalItem[]): Asked | null {
  if (asked.create !== undefined) return { act: "create" };
  for (const act of ["change", "step", "remove"] as const) {
    const goal = goals.find(({ id }) => id === asked[act]);
    if (goal) return { act, goal };
  }
  return null;
}
