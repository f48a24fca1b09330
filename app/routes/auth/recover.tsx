import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { askRecovery } from "#app/domain/identity/ask-recovery.server.ts";
import { AskRecoveryInput } from "#app/domain/identity/inputs.ts";
import { submit } from "#app/http/forms.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function loader({ request }: LoaderFunctionArgs) {
  return { title: messagesFor("en").entry.recoverTitle, sent: new URL(request.url).searchParams.has("sent") };
}

export async function action({ context, request }: ActionFunctionArgs) {
  return submit(request, AskRecoveryInput, async (input) => {
    const secret = await askRecovery(context, input);
    return redirect(secret === null ? "/recover?sent" : `/recover/${secret}`, 303);
  });
}

const WAYS = ["link", "factor", "vouch"] as const;

export default function Recover() {
  const { m: { entry: m, identity, shell } } = useLanguage();
  const { sent } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.recoverTitle} about={m.recoverAbout} back={{ href: "/sign-in", label: shell.signIn }} />
      {sent && !refusal && <Notice tone="done" title={identity.resetSentTitle}><p>{m.recoverSent}</p></Notice>}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="email" type="email" label={m.recoverEmail} autoComplete="email" refusal={refusal} />
        <ChoiceField name="way" label={m.recoverWay} chosen="link" options={WAYS.map((value) => ({ value, ...m.recoverWays[value] }))} refusal={refusal} />
        <Button>{m.goOn}</Button>
      </form>
    </>
  );
}
