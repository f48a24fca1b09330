import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { FamilyFields } from "#app/components/families/family-fields.tsx";
import { AdultRows, StudentRows } from "#app/components/families/person-rows.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { DomainError } from "#app/domain/errors.ts";
import { createFamily } from "#app/domain/families/create-family.server.ts";
import { familyFrom, rowsOf } from "#app/domain/families/family-form.ts";
import { CreateFamilyInput } from "#app/domain/families/inputs.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { pageError, readForm, submit, type Refusal } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind === "child") throw pageError(new DomainError("forbidden"));
  return { title: messagesFor(actor.locale).families.newFamily, timeZone: actor.timeZone, repeat: context.ids.secret() };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const typed = await readForm(request.clone() as Request);
  if (typed.add !== undefined) return data({ kept: typed });
  return submit(request, CreateFamilyInput, async (input, { repeat }) => {
    // PINs are few enough to be guessed from a digest.
    const asked = { ...input, students: input.students.map(({ pin: _pin, ...student }) => student) };
    await createFamily(context, actor, input, await repeatOf(repeat, ["new-family", asked]));
    return redirect("/family?done=made", 303);
  }, familyFrom);
}

export default function NewFamily() {
  const { m: { families: m } } = useLanguage();
  const { timeZone, repeat } = useLoaderData<typeof loader>();
  const kept = useActionData<{ kept?: Record<string, string> }>()?.kept;
  const refused = useRefusal();
  const refusal: Refusal | undefined = kept ? { reason: "", fields: [], values: kept, extra: {} } : refused;
  const rows = rowsOf(refusal?.values ?? {});
  return (
    <>
      <PageHeader title={m.newFamily} back={{ href: "/family", label: m.family }} />
      <RefusalSummary refusal={refused} />
      <form method="post">
        <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />
        <input type="hidden" name="rows.students" value={rows.students} />
        <input type="hidden" name="rows.guardians" value={rows.guardians} />
        {/* The first button is what the Enter key presses. */}
        <Button className="for-readers" tabIndex={-1} aria-hidden="true">{m.makeFamily}</Button>
        <FamilyFields known={{ timeZone, decisionWindowHours: 72 }} refusal={refusal} />
        <Field name="currency" label={m.currency} hint={m.currencyHint} refusal={refusal} defaultValue="KES" autoComplete="off" maxLength={3} required />
        <h2>{m.children}</h2>
        <p className="hint">{m.studentsHint}</p>
        <StudentRows count={rows.students} refusal={refusal} />
        {rows.students < 10 && <Button weight="quiet" name="add" value="students" formNoValidate>{m.addChildRow}</Button>}
        <h2>{m.otherAdults}</h2>
        <p className="hint">{m.adultsHint}</p>
        <AdultRows count={rows.guardians} refusal={refusal} />
        {rows.guardians < 6 && <Button weight="quiet" name="add" value="guardians" formNoValidate>{m.addAdultRow}</Button>}
        <p>{m.makeFamilyConsequence}</p>
        <Button>{m.makeFamily}</Button>
      </form>
    </>
  );
}
