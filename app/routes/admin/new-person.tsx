import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { HandedOver, type Handed } from "#app/components/people/handed-over.tsx";
import { StaffFields, StudentFields } from "#app/components/people/newcomer-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { createPerson } from "#app/domain/people/create-person.server.ts";
import { NewPersonInput } from "#app/domain/people/inputs.ts";
import { kindFrom, newPersonFrom } from "#app/domain/people/new-person-form.ts";
import { loadNewPerson } from "#app/domain/people/new-person-page.server.ts";
import { KINDS } from "#app/domain/schools/roles.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { showOnce, shownOnce } from "#app/http/shown-once.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const kind = kindFrom(new URL(request.url).searchParams.get("role"));
  const offered = shownOnce(context) ? { tutors: [], subjects: [] } : await read(() => loadNewPerson(context, actor, school.schoolId));
  return { title: messagesFor(actor.locale).people.addTitle, school, kind, repeat: context.ids.secret(), ...offered };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  // Answered at once, not by sending on: the one-time sign-in is shown here and nowhere else.
  return submit(request, NewPersonInput, async (input, { schoolId = "", repeat }) =>
    showOnce(context, { handed: await createPerson(context, actor, schoolId, input, await repeatOf(repeat, ["create-person", schoolId, input])) }, 201), newPersonFrom);
}

export default function NewPerson() {
  const { m: { people: m } } = useLanguage();
  const { school, kind, repeat, tutors, subjects } = useLoaderData<typeof loader>();
  const handed = useActionData<{ handed?: Handed }>()?.handed;
  const refusal = useRefusal();
  const at = `/admin/people/new?role=${kind}`;
  const header = <PageHeader title={m.add[kind]} about={school.schoolName} back={{ href: `/admin/people?role=${kind}`, label: m.title }} />;
  if (handed) return <>{header}<HandedOver handed={handed} again={at} /></>;
  return (
    <>
      {header}
      <RefusalSummary refusal={refusal} />
      <TabLinks label={m.addTitle} tabs={KINDS.map((each) => ({ href: `/admin/people/new?role=${each}`, label: m.kinds[each], current: each === kind }))} />
      <form method="post" action={at}>
        <input type="hidden" name="schoolId" value={school.schoolId} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />
        <Field name="name" label={m.name} refusal={refusal} autoComplete="off" required />
        <Field name="email" label={m.email} hint={kind === "student" ? m.childEmailHint : m.adultEmailHint} type="email" refusal={refusal} autoComplete="off" />
        <Field name="username" label={m.username} hint={m.usernameHint} refusal={refusal} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        {kind === "student" && <StudentFields tutors={tutors} refusal={refusal} />}
        {kind === "guardian" && <Field name="phone" label={m.phone} type="tel" refusal={refusal} autoComplete="off" />}
        {kind === "staff" && <StaffFields subjects={subjects} refusal={refusal} />}
        <ChoiceField name="way" label={m.way} refusal={refusal} chosen="credential" options={(["credential", "link"] as const).map((way) => ({ value: way, label: m.ways[way], hint: m.wayHints[way] }))} />
        <Button>{m.create}</Button>
      </form>
    </>
  );
}
