import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { PlannedList } from "#app/components/announcements/planned-list.tsx";
import { TimedFields } from "#app/components/announcements/timed-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { dropPlanned, listPlanned, sayLater } from "#app/domain/chat/plan-message.server.ts";
import { timedForm } from "#app/domain/chat/timed-inputs.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.conversationId ?? "";
  const planned = await read(() => listPlanned(context, actor, id));
  return { title: messagesFor(actor.locale).announcements.laterTitle, at: `/messages/${id}`, timeZone: actor.timeZone, clientId: context.ids.make("msg"), planned, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.conversationId ?? "";
  const Act = z.discriminatedUnion("act", [z.object({ act: z.literal("send"), ...timedForm(actor.timeZone) }), z.object({ act: z.literal("off"), plannedId: z.string("missing").max(64, "too_long") })], "not_a_choice");
  return submit(request, Act, async (input) => {
    if (input.act === "off") await dropPlanned(context, actor, id, input.plannedId);
    else if (await sayLater(context, actor, id, input)) return redirect(`/messages/${id}#text`, 303);
    return redirect(`/messages/${id}/later?done=${input.act === "off" ? "off" : "planned"}`, 303);
  });
}

/** A message for a later time, or one that nobody is told of. */
export default function Later() {
  const { m: { announcements: m, conversations } } = useLanguage();
  const { title, at, timeZone, clientId, planned, done } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = m.done[done ?? ""];
  return (
    <>
      <PageHeader title={title} back={{ href: at, label: m.toRoom }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <input type="hidden" name="clientId" value={refusal?.values.clientId ?? clientId} />
        <TextField name="text" label={conversations.message} refusal={refusal} dir="auto" required />
        <TimedFields timeZone={timeZone} refusal={refusal} />
        <Button name="act" value="send">{m.send}</Button>
      </form>
      <PlannedList planned={planned} />
    </>
  );
}
