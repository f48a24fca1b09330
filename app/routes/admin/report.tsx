import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ReportedMessage } from "#app/components/moderation/reported-message.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { decideReport } from "#app/domain/moderation/decide-report.server.ts";
import { DecisionInput } from "#app/domain/moderation/inputs.ts";
import { readReport } from "#app/domain/moderation/read-reports.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).moderation.message, done: new URL(request.url).searchParams.get("done"), report: await read(() => readReport(context, actor, params.reportId ?? "")) };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, DecisionInput, async (input) => {
    await decideReport(context, actor, params.reportId ?? "", input);
    return redirect(`/admin/moderation/${params.reportId}?done=${input.outcome}`, 303);
  });
}

export default function Report() {
  const { m: { moderation: m } } = useLanguage();
  const { title, report, done } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = m.done[done ?? ""];
  return (
    <>
      <PageHeader title={title} back={{ href: "/admin/moderation", label: m.title }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      <ReportedMessage report={report} />
      {report.status === "open" && (
        <form method="post" className="card">
          <h2>{m.decide}</h2>
          <p>{m.effect}</p>
          <TextField name="note" label={m.note} hint={m.noteHint} refusal={refusal} maxLength={300} />
          <Button name="outcome" value="dismissed" weight="quiet">{m.dismiss}</Button>
          <Button name="outcome" value="removed" weight="danger">{m.remove}</Button>
        </form>
      )}
    </>
  );
}
