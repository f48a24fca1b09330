import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { LONGEST_MESSAGE } from "#app/domain/chat/rules.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { OpenTicketInput } from "#app/domain/support/inputs.ts";
import { listSchoolsToAsk, openTicket } from "#app/domain/support/open-ticket.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const schools = await read(() => listSchoolsToAsk(context, actor));
  return { title: messagesFor(actor.locale).support.newTicket, schools, email: context.settings.help.email, repeat: context.ids.secret() };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, OpenTicketInput, async (input, { repeat }) => redirect(`/support/tickets/${await openTicket(context, actor, input, await repeatOf(repeat, ["open-ticket", input]))}?done=asked`, 303));
}

export default function NewTicket() {
  const { m: { support: m } } = useLanguage();
  const { schools, email, repeat } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const [only] = schools;
  return (
    <>
      <PageHeader title={m.newTicket} about={m.askText} back={{ href: "/support", label: m.title }} />
      <RefusalSummary refusal={refusal} />
      {!only ? <EmptyState title={m.nobodyToAsk}><p>{email ? <>{m.nobodyToAskMail} <a href={`mailto:${email}`}>{email}</a></> : m.nobodyToAskText}</p></EmptyState> : (
        <form method="post">
          <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />
          {schools.length === 1 ? <><input type="hidden" name="schoolId" value={only.id} /><p>{m.goesTo(only.name)}</p></> : <SelectField name="schoolId" label={m.whom} refusal={refusal} options={schools.map(({ id, name }) => ({ value: id, label: name }))} />}
          <Field name="subject" label={m.subject} refusal={refusal} maxLength={120} autoComplete="off" required />
          <TextField name="text" dir="auto" label={m.text} hint={m.textHint} refusal={refusal} rows={6} maxLength={LONGEST_MESSAGE} required />
          <Button>{m.send}</Button>
        </form>
      )}
    </>
  );
}
