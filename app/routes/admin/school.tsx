import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { leaveSchool } from "#app/domain/schools/change-roles.server.ts";
import { changeSchool } from "#app/domain/schools/change-school.server.ts";
import { ChangeSchoolInput } from "#app/domain/schools/school-inputs.ts";
import { loadSchool } from "#app/domain/schools/school-page.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId } = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  return { title: messagesFor(actor.locale).schools.school, done: query.get("done"), leaving: query.has("leave"), ...(await read(() => loadSchool(context, actor, schoolId))) };
}

const Act = z.discriminatedUnion("act", [
  ChangeSchoolInput.required().extend({ act: z.literal("change"), schoolId: z.string() }),
  z.object({ act: z.literal("leave"), schoolId: z.string() }),
]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  // The form says of which school it is: another tab may have changed the cookie since.
  return submit(request, Act, async ({ schoolId, ...input }) => {
    if (input.act === "leave") {
      await leaveSchool(context, actor, schoolId);
      return redirect("/home", 303);
    }
    await changeSchool(context, actor, schoolId, { name: input.name, timeZone: input.timeZone });
    return redirect(`/admin/school?school=${schoolId}&done=saved`, 303);
  });
}

export default function School() {
  const { m: { schools: m, people } } = useLanguage();
  const { school, owners, admins, done, leaving } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const listed = [...owners.map((person) => ({ ...person, role: people.roles.school_owner })), ...admins.map((person) => ({ ...person, role: people.roles.school_admin }))];
  return (
    <>
      <PageHeader title={m.school} about={school.name} back={{ href: "/admin", label: m.admin }} />
      {done && !refusal && <Notice tone="done" title={done === "founded" ? m.founded : m.schoolSaved} />}
      <RefusalSummary refusal={refusal} />
      {leaving && <Confirm title={m.leave} consequence={m.leaveConsequence(school.name)} act="leave" fields={{ schoolId: school.id }} label={m.leave} back={{ href: "/admin/school", label: m.keep }} />}
      <form method="post" className="card">
        <input type="hidden" name="schoolId" value={school.id} />
        <Field name="name" label={m.schoolName} refusal={refusal} defaultValue={school.name} autoComplete="off" required />
        <Field name="timeZone" label={m.timeZone} hint={m.timeZoneHint} refusal={refusal} defaultValue={school.timeZone} autoComplete="off" required />
        <p className="hint">{m.currency}: {school.currency}</p>
        <Button name="act" value="change">{m.save}</Button>
      </form>
      <h2>{m.runBy}</h2>
      <ul className="rows">{listed.map(({ id, name, role }) => <li key={id + role}><a href={`/admin/people/${id}`}>{name}</a> <span className="hint">{role}</span></li>)}</ul>
      <p><ButtonLink href="/admin/people/new?role=staff">{people.add.staff}</ButtonLink> <ButtonLink href="/admin/schools/new">{m.found}</ButtonLink></p>
      <p><a href="/admin/school?leave">{m.leave}</a></p>
    </>
  );
}
