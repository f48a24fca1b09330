import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { cancelRecovery } from "#app/domain/identity/cancel-recovery.server.ts";
import { CodeInput } from "#app/domain/identity/inputs.ts";
import { getRecovery, vouch } from "#app/domain/identity/vouch.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const recovery = await read(() => getRecovery(context, actor, params.recoveryId ?? ""));
  const m = messagesFor(actor.locale).entry;
  return { title: recovery.own ? m.ownRecoveryTitle : m.vouchTitle(recovery.person), cancelled: new URL(request.url).searchParams.has("cancelled"), ...recovery };
}

const Form = z.discriminatedUnion("act", [z.object({ act: z.literal("cancel") }), CodeInput.extend({ act: z.literal("vouch") })]);

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.recoveryId ?? "";
  return submit(request, Form, async (input) => {
    await (input.act === "cancel" ? cancelRecovery(context, actor, id) : vouch(context, actor, id, input.code));
    return redirect(`/recoveries/${id}${input.act === "cancel" ? "?cancelled" : ""}`, 303);
  });
}

/** The same address for the owner, who can call it off, and for the guardian, who can give their word. */
export default function Vouch() {
  const { m: { entry: m }, f } = useLanguage();
  const { title, own, person, state, readyAt, cancelled } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const over = state === "over";
  const opens = readyAt === null ? m.noWordYet : own ? m.opensAt(f.dateTime(readyAt)) : m.vouched(person, f.dateTime(readyAt));
  return (
    <>
      <PageHeader title={title} about={over ? undefined : own ? m.ownRecoveryAbout : state === "waiting" ? m.vouchAbout(person) : undefined} />
      <RefusalSummary refusal={refusal} />
      {over && <Notice tone={cancelled ? "done" : "info"}>{cancelled ? m.calledOff : m.recoveryIsOver}</Notice>}
      {!over && (own || state !== "waiting") && <p>{opens}</p>}
      {!over && own && <form method="post"><Button name="act" value="cancel">{m.callOff}</Button></form>}
      {!own && state === "waiting" && (
        <form method="post">
          <p>{m.vouchConsequence(person)}</p>
          <Field name="code" label={m.spokenCode} inputMode="numeric" autoComplete="off" refusal={refusal} />
          <Button name="act" value="vouch">{m.giveWord}</Button>
        </form>
      )}
    </>
  );
}
