import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { findOwnRecovery, finishRecovery, startRecovery } from "#app/domain/identity/finish-recovery.server.ts";
import { NewPasswordInput } from "#app/domain/identity/inputs.ts";
import { submit } from "#app/http/forms.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const found = await findOwnRecovery(context, params.secret ?? "");
  return { title: messagesFor("en").entry[`${found.state}Title`], ...found };
}

const Form = z.discriminatedUnion("act", [z.object({ act: z.literal("begin") }), NewPasswordInput.extend({ act: z.literal("finish") })]);

export async function action({ context, request, params }: ActionFunctionArgs) {
  const secret = params.secret ?? "";
  return submit(request, Form, async (input) => {
    if (input.act === "begin") {
      await startRecovery(context, secret);
      return redirect(`/recover/${secret}`, 303);
    }
    await finishRecovery(context, secret, input.password);
    return redirect("/sign-in?done=password", 303);
  });
}

/** What the holder of the secret can do now. */
export default function Recovery() {
  const { m: { entry: m, identity }, f } = useLanguage();
  const { title, state, readyAt, code } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const summary = <RefusalSummary refusal={refusal} />;
  if (state === "cooling") return <><PageHeader title={title} about={m.coolingAbout(f.dateTime(readyAt ?? 0))} />{summary}</>;
  if (state === "mailed") return <><PageHeader title={title} about={m.mailedAbout} />{summary}<form method="post"><Button name="act" value="begin">{m.begin}</Button></form></>;
  if (state === "ready") {
    return (
      <>
        <PageHeader title={title} about={m.readyAbout} />
        {summary}
        <form method="post">
          <Field name="password" type="password" label={identity.newPassword} hint={identity.newPasswordHint} autoComplete="new-password" refusal={refusal} />
          <Button name="act" value="finish">{identity.newPasswordSave}</Button>
        </form>
      </>
    );
  }
  return (
    <>
      <PageHeader title={title} about={m.waitingKeep} />
      {summary}
      <p>{m.waitingSay}</p>
      <p className="codes"><code>{code}</code></p>
      <p>{m.waitingThen}</p>
      <p className="hint">{m.waitingNobody}</p>
    </>
  );
}
