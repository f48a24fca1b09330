import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { erasePerson, getErasable } from "#app/domain/people/erase-person.server.ts";
import { EraseInput } from "#app/domain/people/record-inputs.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const person = await read(() => getErasable(context, actor, params.personId ?? ""));
  return { title: messagesFor(actor.locale).records.eraseTitle(person.name), person };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, EraseInput, async (input) => {
    await erasePerson(context, actor, params.personId ?? "", input);
    return redirect("/admin/audit?action=person.erased&done=erased", 303);
  });
}

export default function ErasePerson() {
  const { m: { families, records: m } } = useLanguage();
  const say = useProblems();
  const { title, person } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const back = `/admin/people/${person.userId}`;
  return (
    <>
      <PageHeader title={title} back={{ href: back, label: person.name }} />
      <RefusalSummary refusal={refusal} />
      {person.obstacle && !refusal && <Notice tone="refused" title={m.cannot}><p>{say(person.obstacle)}</p></Notice>}
      <Notice tone="waiting" title={m.eraseWarning}>
        <p>{m.eraseGone(person.name)}</p>
        <p>{m.eraseNobody}</p>
        <p>{m.eraseKept(person.receipts)}</p>
        <p>{m.eraseRather}</p>
      </Notice>
      {!person.obstacle && (
        <form method="post">
          <Field name="name" label={m.eraseConfirm(person.name)} refusal={refusal} required autoComplete="off" />
          <Button weight="danger">{m.erase}</Button>
        </form>
      )}
      <ButtonLink href={back}>{families.keep}</ButtonLink>
    </>
  );
}
