import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { PlanFields } from "#app/components/schools/plan-fields.tsx";
import { SchoolPlans } from "#app/components/schools/school-plans.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { changePlan } from "#app/domain/schools/change-plan.server.ts";
import { createPlan } from "#app/domain/schools/create-plan.server.ts";
import { ChangePlanInput, CreatePlanInput } from "#app/domain/schools/inputs.ts";
import { loadPlans } from "#app/domain/schools/plans-page.server.ts";
import { read, submit, type Typed } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { typedMoney } from "#app/http/typed-money.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** The address says which plan is changed, or at which school a new one is offered. */
const asked = (request: Request) => {
  const at = new URL(request.url).searchParams;
  return { planId: at.get("change"), schoolId: at.get("school") ?? "", done: at.get("done") };
};

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { planId, schoolId, done } = asked(request);
  const schools = await read(() => loadPlans(context, actor));
  return { title: messagesFor(actor.locale).schools.plans, schools, done, offering: schools.find((school) => school.schoolId === schoolId) ?? null, changing: schools.flatMap((school) => school.plans).find((plan) => plan.id === planId) ?? null };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { planId, schoolId } = asked(request);
  if (planId === null) {
    return submit(request, CreatePlanInput, async (input) => {
      await createPlan(context, actor, schoolId, input);
      return redirect("/admin/plans?done=created", 303);
    }, planFrom);
  }
  return submit(request, ChangePlanInput, async (input) => {
    await changePlan(context, actor, planId, input);
    return redirect(`/admin/plans?done=${input.active === undefined ? "changed" : input.active ? "offered" : "withdrawn"}`, 303);
  }, (typed) => (typed.active === undefined ? { ...planFrom(typed), kind: undefined } : { active: typed.active === "yes" }));
}

function planFrom(typed: Typed) {
  const { name, description = "", kind, hours } = typed;
  const { price } = typedMoney(typed, ["price"], typed.currency ?? "");
  return { name, description, kind, ...(price === null ? {} : { price }), ...(hours === undefined ? {} : { hours: Number(hours.replace(",", ".")) }) };
}

export default function Plans() {
  const { m: { schools: m } } = useLanguage();
  const { schools, changing, offering, done } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.plans} back={{ href: "/admin", label: m.admin }} />
      {done && m.done[done] && !refusal && <Notice tone="done" title={m.done[done]} />}
      <RefusalSummary refusal={refusal} />
      {(changing || offering) && (
        <form method="post" className="card">
          <h2>{changing ? changing.name : m.add}</h2>
          {changing && <p className="hint">{m.changeHint}</p>}
          <PlanFields plan={changing ?? undefined} currency={(changing ?? offering)?.currency ?? ""} refusal={refusal} />
          <Button>{changing ? m.save : m.add}</Button>
          <ButtonLink href="/admin/plans">{m.keep}</ButtonLink>
        </form>
      )}
      {schools.map((school) => <SchoolPlans key={school.schoolId} school={school} />)}
    </>
  );
}
