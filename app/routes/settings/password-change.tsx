import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { OwnSecretForm } from "#app/components/identity/own-secret-form.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { changePassword } from "#app/domain/identity/change-password.server.ts";
import { NewSecretInput } from "#app/domain/identity/inputs.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { requireNewcomer } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Who came in by a one-time secret sees nothing else until this is done. Anybody else changes a password on /settings/security. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireNewcomer(context, request);
  if (!actor.mustChangePassword) throw redirect("/settings/security");
  const { ownPasswordTitle, ownPinTitle } = messagesFor(actor.locale).entry;
  return { title: actor.kind === "child" ? ownPinTitle : ownPasswordTitle, kind: actor.kind, username: actor.email ?? actor.username ?? "" };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireNewcomer(context, request);
  return submit(request, NewSecretInput, async ({ password }) => {
    await changePassword(context, actor, { password });
    return redirect(localPath(new URL(request.url).searchParams.get("to"), "/home"), 303);
  });
}

export default function PasswordChange() {
  const { m: { entry: m, shell } } = useLanguage();
  const { title, kind, username } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={kind === "child" ? m.ownPinAbout : m.ownPasswordAbout} />
      <RefusalSummary refusal={refusal} />
      <OwnSecretForm kind={kind} username={username} refusal={refusal} />
      <p><a href="/sign-out">{shell.signOut}</a></p>
    </>
  );
}
