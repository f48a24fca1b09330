import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { ChoiceField, TextField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { ReportInput, REASONS } from "#app/domain/moderation/inputs.ts";
import { listReportable, reportMessage } from "#app/domain/moderation/report-message.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const before = Math.trunc(Number(query.get("before"))) || undefined;
  const id = params.conversationId ?? "";
  return { title: messagesFor(actor.locale).moderation.reportTitle, back: `/messages/${id}`, chosen: query.get("seq"), done: query.get("done"), email: context.settings.help.email, ...(await read(() => listReportable(context, actor, id, { limit: 15, before }))) };
}

const FormInput = z.object({ seq: z.coerce.number("report_message_missing").int("report_message_missing").min(1, "report_message_missing"), ...ReportInput.shape });

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.conversationId ?? "";
  return submit(request, FormInput, async ({ seq, ...input }) => {
    const { before } = await reportMessage(context, actor, id, seq, input);
    return redirect(`/messages/${id}/report?done=${before}`, 303);
  });
}

export default function ReportMessage() {
  const { m: { moderation: m }, f } = useLanguage();
  const { title, back, chosen, done, email, items, older } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const thanks = m.thanks[done ?? ""];
  return (
    <>
      <PageHeader title={title} about={m.reportAbout} back={{ href: back, label: m.toRoom }} />
      {thanks && !refusal ? <Notice tone={done === "nobody" ? "waiting" : "done"} title={thanks}>{done === "nobody" && <p>{email ? <>{m.writeTo} <a href={`mailto:${email}`}>{email}</a></> : m.tellSomebody}</p>}</Notice> : (
        <>
          <Notice tone="waiting"><p>{m.danger}</p></Notice>
          <RefusalSummary refusal={refusal} />
          {older !== null && <p><a href={`?before=${older}`}>{m.older}</a></p>}
          {items.length === 0 ? <EmptyState title={m.nothing} /> : (
            <form method="post">
              <ChoiceField name="seq" label={m.which} refusal={refusal} {...(chosen ? { chosen } : {})} options={items.map(({ seq, senderName, at, text }) => ({ value: String(seq), label: text, hint: `${senderName}, ${f.dateTime(at)}` }))} />
              <ChoiceField name="reason" label={m.why} refusal={refusal} options={REASONS.map((value) => ({ value, label: m.reasons[value] }))} />
              <TextField name="words" label={m.words} hint={m.wordsHint} refusal={refusal} maxLength={500} />
              <Button>{m.report}</Button>
            </form>
          )}
        </>
      )}
    </>
  );
}
