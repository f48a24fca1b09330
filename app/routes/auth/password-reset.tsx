import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { ForgottenPasswordInput } from "#app/domain/identity/inputs.ts";
import { requestPasswordReset } from "#app/domain/identity/request-mail.server.ts";
import { submit } from "#app/http/forms.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function loader({ request }: LoaderFunctionArgs) {
  return { title: messagesFor("en").identity.resetTitle, sent: new URL(request.url).searchParams.has("sent") };
}

export async function action({ context, request }: ActionFunctionArgs) {
  return submit(request, ForgottenPasswordInput, async ({ email }) => {
    await requestPasswordReset(context, email);
    return redirect("/password-reset?sent", 303);
  });
}

export default function PasswordReset() {
  const { m: { identity: m, shell } } = useLanguage();
  const { sent } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.resetTitle} about={m.resetAbout} back={{ href: "/sign-in", label: shell.signIn }} />
      {sent && !refusal && <Notice tone="done" title={m.resetSentTitle}><p>{m.resetSentText}</p></Notice>}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="email" type="email" label={m.email} autoComplete="email" refusal={refusal} />
        <Button>{m.resetSend}</Button>
      </form>
    </>
  );
}
