import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PlanFields } from "#app/components/learning/plan-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { PlanInput, typedPlan } from "#app/domain/learning/plans/inputs.ts";
import { planFacts, writePlan } from "#app/domain/learning/plans/write-plan.server.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const facts = await read(() => planFacts(context, actor, childMeant(actor, request) ?? ""));
  return { title: messagesFor(actor.locale).learningWork.planFor(facts.student.name), facts };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, PlanInput, async (input) => redirect(`/study-plans/${await writePlan(context, actor, input)}?done=planned`, 303), typedPlan);
}

export default function NewStudyPlan() {
  const { m: { learningWork: m } } = useLanguage();
  const { title, facts } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={facts.schoolId === null ? m.ofFamily : m.ofSchool} back={{ href: `/children/${facts.student.id}/materials`, label: m.materialsOf(facts.student.name) }} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <input type="hidden" name="studentId" value={facts.student.id} />
        <PlanFields materials={facts.materials} assignments={facts.assignments} refusal={refusal} />
        <Button>{m.writePlan}</Button>
      </form>
    </>
  );
}
