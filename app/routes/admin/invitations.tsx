import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { WaitingInvitations } from "#app/components/people/waiting-invitations.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { AskForChildInput } from "#app/domain/people/inputs.ts";
import { askForChild, listSchoolInvitations, withdrawSchoolInvitation } from "#app/domain/people/school-invitations.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const DONE = ["withdrawn", "asked"] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const school = requireSchool(actor, request);
  const query = new URL(request.url).searchParams;
  const page = await read(() => listSchoolInvitations(context, actor, school.schoolId, { cursor: query.get("cursor")?.slice(0, 100), limit: 15 }));
  return { title: messagesFor(actor.locale).people.invitationsTitle, school, done: DONE.find((one) => one === query.get("done")) ?? null, repeat: context.ids.secret(), ...page };
}

const Act = z.discriminatedUnion("act", [AskForChildInput.extend({ act: z.literal("ask"), schoolId: z.string() }), z.object({ act: z.literal("withdraw"), invitationId: z.string() })]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Act, async (input, { repeat }) => {
    if (input.act === "withdraw") await withdrawSchoolInvitation(context, actor, input.invitationId);
    else await askForChild(context, actor, input.schoolId, input, await repeatOf(repeat, ["ask-for-child", input]));
    return redirect(`/admin/people/invitations?done=${input.act === "ask" ? "asked" : "withdrawn"}`, 303);
  });
}

export default function Invitations() {
  const { m: { people: m } } = useLanguage();
  const { school, done, repeat, items, nextCursor } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.invitationsTitle} about={school.schoolName} back={{ href: "/admin/people", label: m.title }} />
      {done && !refusal && <Notice tone="done" title={m[done]} />}
      <RefusalSummary refusal={refusal} />
      {items.length === 0 ? <EmptyState title={m.nobodyAsked}><p>{m.nobodyAskedText}</p></EmptyState> : <WaitingInvitations invitations={items} />}
      <Pagination olderHref={nextCursor && `/admin/people/invitations?cursor=${nextCursor}`} />
      <form method="post" action="/admin/people/invitations" className="card">
        <h2>{m.askTitle}</h2>
        <p>{m.askText}</p>
        <input type="hidden" name="schoolId" value={school.schoolId} />
        <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />
        <Field name="name" label={m.guardianName} refusal={refusal} autoComplete="off" required />
        <Field name="email" label={m.guardianEmail} type="email" refusal={refusal} autoComplete="off" required />
        <Button name="act" value="ask">{m.ask}</Button>
      </form>
    </>
  );
}
