import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { PlanAct } from "#app/domain/learning/plans/inputs.ts";
import { readPlan } from "#app/domain/learning/plans/plan-page.server.ts";
import { cancelPlan, tickStep } from "#app/domain/learning/plans/write-plan.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const plan = await read(() => readPlan(context, actor, params.studyPlanId ?? ""));
  return { title: plan.title, done: new URL(request.url).searchParams.get("done"), plan };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.studyPlanId ?? "";
  return submit(request, PlanAct, async (input) => {
    if (input.act === "cancel") {
      await cancelPlan(context, actor, id);
      return redirect("/materials", 303);
    }
    await tickStep(context, actor, id, input.position, input.act === "tick");
    return redirect(`/study-plans/${id}?done=progress`, 303);
  });
}

export default function StudyPlan() {
  const { m: { learningWork: m }, f } = useLanguage();
  const { title, done, plan } = useLoaderData<typeof loader>();
  const said = done ? m.said[done] : undefined;
  const finished = plan.steps.filter(({ doneAt }) => doneAt !== null).length;
  return (
    <>
      <PageHeader title={title} about={`${plan.student}, ${m.by(plan.author)}. ${f.date(plan.startsOn)} – ${f.date(plan.endsOn)}`} back={{ href: `/children/${plan.studentId}/materials`, label: m.plans }} />
      {said && <Notice tone="done">{said}</Notice>}
      <p>{finished === plan.steps.length ? <Tag tone="done">{m.planAll}</Tag> : m.planDone(finished, plan.steps.length)}</p>
      <ol className="rows">{plan.steps.map((step) => (
        <li key={step.position}>
          <p className="lead"><span>{step.position}. {step.text}</span>{step.doneAt !== null && <span><Tag tone="done">{m.doneOn(f.shortDate(step.doneAt))}</Tag></span>}</p>
          {(step.dueOn || step.materialId || step.assignmentId) && <p className="hint">{step.dueOn && m.byDay(f.date(step.dueOn))} {step.materialId && <a href={`/materials/${step.materialId}`}>{step.material}</a>} {step.assignmentId && <a href={`/assignments/${step.assignmentId}`}>{step.assignment}</a>}</p>}
          {plan.own && <form method="post"><input type="hidden" name="position" value={step.position} /><Button weight="quiet" name="act" value={step.doneAt === null ? "tick" : "untick"}>{step.doneAt === null ? m.tick : m.untick}<span className="for-readers">: {step.text}</span></Button></form>}
        </li>
      ))}</ol>
      <p className="hint">{plan.ofFamily ? m.ofFamily : m.ofSchool}</p>
      {plan.mayCancel && <form method="post"><Button weight="quiet" name="act" value="cancel">{m.cancelPlan}</Button></form>}
    </>
  );
}
