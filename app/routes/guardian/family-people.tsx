import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { GuardianCircle } from "#app/components/families/guardian-circle.tsx";
import { InvitationList } from "#app/components/families/invitation-list.tsx";
import { PeopleQuestion } from "#app/components/families/people-question.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { cancelInvitation } from "#app/domain/families/cancel-invitation.server.ts";
import { createGuardianship } from "#app/domain/families/create-guardianship.server.ts";
import { PeopleAct, peopleActFrom } from "#app/domain/families/people-acts.ts";
import { loadPeople } from "#app/domain/families/people-page.server.ts";
import { resendInvitation } from "#app/domain/families/resend-invitation.server.ts";
import { submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).families.people, asked: Object.fromEntries(new URL(request.url).searchParams), ...(await loadPeople(context, actor)) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, PeopleAct, async ({ ...input }) => {
    switch (input.act) {
      case "make-guardian": {
        const { act: _act, ...guardianship } = input;
        await createGuardianship(context, actor, guardianship, null);
        return redirect("/family/people?done=guardianship", 303);
      }
      case "cancel": await cancelInvitation(context, actor, input.invitationId); return redirect("/family/people?done=cancelled", 303);
      case "resend": await resendInvitation(context, actor, input.invitationId); return redirect("/family/people?done=resent", 303);
    }
  }, peopleActFrom);
}

export default function FamilyPeople() {
  const { m: { contacts, families: m, kin } } = useLanguage();
  const { circles, mayInvite, invitations, me, asked } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = m.done[asked.done ?? ""];
  return (
    <>
      <PageHeader title={m.people} back={{ href: "/family", label: m.family }} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      <PeopleQuestion circles={circles} asked={asked} refusal={refusal} />
      {circles.map((circle) => <GuardianCircle key={circle.childId} circle={circle} me={me} />)}
      {mayInvite ? <p><ButtonLink href="/family/people/invite">{m.invite}</ButtonLink></p> : <p>{m.nobodyElse}</p>}
      <p><a href="/family/people/contacts">{contacts.title}</a></p>
      <p><a href="/join">{kin.typeTitle}</a></p>
      {invitations.length > 0 && <><h2>{m.invitations}</h2><InvitationList invitations={invitations} /></>}
    </>
  );
}
