import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { DomainError } from "#app/domain/errors.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { foundSchool } from "#app/domain/schools/found-school.server.ts";
import { FoundSchoolInput } from "#app/domain/schools/school-inputs.ts";
import { pageError, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind === "child") throw pageError(new DomainError("forbidden"));
  return { title: messagesFor(actor.locale).schools.found, timeZone: actor.timeZone, repeat: context.ids.secret() };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, FoundSchoolInput, async (input, { repeat }) => {
    const schoolId = await foundSchool(context, actor, input, await repeatOf(repeat, ["found-school", input]));
    return redirect(`/admin/school?school=${schoolId}&done=founded`, 303);
  }, ({ currency, ...typed }) => ({ ...typed, currency: currency?.trim().toUpperCase() }));
}

export default function NewSchool() {
  const { m: { schools: m } } = useLanguage();
  const { timeZone, repeat } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.found} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />
        <p>{m.foundText}</p>
        <Field name="name" label={m.schoolName} refusal={refusal} autoComplete="off" required />
        <Field name="currency" label={m.currency} hint={m.currencyHint} refusal={refusal} defaultValue="KES" autoComplete="off" maxLength={3} required />
        <Field name="timeZone" label={m.timeZone} hint={m.timeZoneHint} refusal={refusal} defaultValue={timeZone} autoComplete="off" required />
        <Button>{m.found}</Button>
      </form>
    </>
  );
}
