import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { HandedOver, type Handed } from "#app/components/people/handed-over.tsx";
import { Circle, EnrolmentsOf, PersonFacts } from "#app/components/people/person-facts.tsx";
import { ChangePersonForm, RoleForms, SignInForm } from "#app/components/people/person-forms.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { avatarUrl } from "#app/domain/identity/avatar.ts";
import { changePerson } from "#app/domain/people/change-person.server.ts";
import { deactivatePerson, reactivatePerson } from "#app/domain/people/deactivate-person.server.ts";
import { PersonAct, personActFrom } from "#app/domain/people/person-acts.ts";
import { loadPerson } from "#app/domain/people/person-page.server.ts";
import { resetSignIn } from "#app/domain/people/reset-sign-in.server.ts";
import { addRole, removeRole } from "#app/domain/schools/change-roles.server.ts";
import { kindOf } from "#app/domain/schools/roles.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  const page = await read(() => loadPerson(context, actor, school.schoolId, params.personId ?? ""));
  return { title: page.person.name, school, page, picture: avatarUrl(page.person.userId, page.person.avatarKey), ask: query.get("ask"), done: query.get("done") };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const userId = params.personId ?? "";
  const back = (done: string) => redirect(`/admin/people/${userId}?done=${done}`, 303);
  return submit(request, PersonAct, async ({ schoolId, ...input }) => {
    switch (input.act) {
      case "change": {
        const { act: _act, ...change } = input;
        await changePerson(context, actor, schoolId, userId, change);
        return back("changed");
      }
      case "add-role": await addRole(context, actor, schoolId, { userId, role: input.role }); return back("roles");
      case "remove-role": await removeRole(context, actor, schoolId, userId, input.role); return back("roles");
      case "reset": {
        const handed = await resetSignIn(context, actor, schoolId, userId, input.way);
        return handed.secret === null ? back("link") : data({ handed: { userId, ...handed } });
      }
      case "deactivate": await deactivatePerson(context, actor, schoolId, userId); return back("deactivated");
      case "reactivate": await reactivatePerson(context, actor, schoolId, userId); return back("reactivated");
    }
  }, personActFrom);
}

export default function Person() {
  const { m: { people: m, restrictions } } = useLanguage();
  const { school, page, picture, ask, done } = useLoaderData<typeof loader>();
  const handed = useActionData<{ handed?: Handed }>()?.handed;
  const refusal = useRefusal();
  const { person, guardians, wards, enrolments, isSelf, owns } = page;
  const at = `/admin/people/${person.userId}`;
  const kind = kindOf(person.roles[0]?.role ?? "school_staff");
  const mayAct = !isSelf && (owns || !person.roles.some(({ role }) => role === "school_owner"));
  const about = { schoolId: school.schoolId, page, refusal };
  return (
    <>
      <PageHeader title={person.name} picture={picture} about={`${person.roles.map(({ role }) => m.roles[role]).join(", ")}, ${school.schoolName}`} back={{ href: `/admin/people?role=${kind}`, label: m.kinds[kind] }} />
      {done && m.done[done] && !refusal && !handed && <Notice tone="done" title={m.done[done]} />}
      {handed && <HandedOver handed={handed} />}
      <RefusalSummary refusal={refusal} />
      {ask === "deactivate" && mayAct && <Confirm title={m.deactivate} consequence={m.deactivateConsequence(person.name, person.managed)} act="deactivate" fields={{ schoolId: school.schoolId }} label={m.deactivate} back={{ href: at, label: m.keep }} />}
      {ask === "change" && (owns || mayAct || isSelf) ? <ChangePersonForm {...about} /> : <PersonFacts {...page} />}
      {ask !== "change" && <p><ButtonLink href={`${at}?ask=change`}>{m.change}</ButtonLink></p>}
      <Circle person={person} guardians={guardians} wards={wards} />
      <EnrolmentsOf enrolments={enrolments} studentId={person.userId} />
      {person.kind === "adult" && <RoleForms {...about} />}
      {person.managed && person.active && mayAct && <SignInForm schoolId={school.schoolId} hasEmail={person.email !== null} />}
      {mayAct && (
        <section>
          <h2>{m.other}</h2>
          {person.active ? <p><ButtonLink href={`${at}?ask=deactivate`}>{m.deactivate}</ButtonLink></p> : (
            <form method="post"><input type="hidden" name="schoolId" value={school.schoolId} /><Button weight="quiet" name="act" value="reactivate">{m.reactivate}</Button></form>
          )}
          {person.kind === "child" && person.active && <p><a href={`/admin/children/${person.userId}`}>{restrictions.title(person.name)}</a></p>}
          <p><a href={`${at}/merge`}>{m.merge}</a></p>
          {person.managed && <p><a href={`${at}/erase`}>{m.erase}</a></p>}
        </section>
      )}
    </>
  );
}
