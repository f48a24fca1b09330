import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { NewPasswordInput } from "#app/domain/identity/inputs.ts";
import { findResetLink, resetPassword } from "#app/domain/identity/reset-password.server.ts";
import { submit } from "#app/http/forms.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { identity: m } = messagesFor("en");
  const link = await findResetLink(context, params.token ?? "");
  return { title: m.newPasswordTitle, link: link && { email: link.email } };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  return submit(request, NewPasswordInput, async ({ password }) => {
    await resetPassword(context, params.token ?? "", password);
    return redirect("/sign-in?done=password", 303);
  });
}

export default function NewPassword() {
  const { m: { identity: m, problems } } = useLanguage();
  const { link } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  if (!link) return <><PageHeader title={m.newPasswordTitle} /><EmptyState title={problems.link_lapsed}><ButtonLink href="/recover">{m.resetSend}</ButtonLink></EmptyState></>;
  return (
    <>
      <PageHeader title={m.newPasswordTitle} about={m.newPasswordAbout} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <input type="hidden" name="username" autoComplete="username" value={link.email ?? ""} />
        <Field name="password" type="password" label={m.newPassword} hint={m.newPasswordHint} autoComplete="new-password" refusal={refusal} />
        <Button>{m.newPasswordSave}</Button>
      </form>
    </>
  );
}
