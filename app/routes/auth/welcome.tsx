import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { OwnSecretForm } from "#app/components/identity/own-secret-form.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { NewSecretInput } from "#app/domain/identity/inputs.ts";
import { findSetUpLink, setUpAccount } from "#app/domain/identity/set-up-account.server.ts";
import { submit } from "#app/http/forms.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const link = await findSetUpLink(context, params.token ?? "");
  return { title: link ? messagesFor("en").entry.welcomeTitle(link.name) : messagesFor("en").shell.signIn, link: link && { name: link.name, kind: link.kind, email: link.email } };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  return submit(request, NewSecretInput, async ({ password }) => {
    const session = await setUpAccount(context, params.token ?? "", password, "browser");
    return redirect(session.kind === "half" ? "/sign-in/verify" : "/home", { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  });
}

export default function Welcome() {
  const { m: { entry: m, shell, problems } } = useLanguage();
  const { link } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  if (!link) return <><PageHeader title={shell.signIn} /><EmptyState title={problems.set_up_link_lapsed}><ButtonLink href="/sign-in">{shell.signIn}</ButtonLink></EmptyState></>;
  return (
    <>
      <PageHeader title={m.welcomeTitle(link.name)} about={link.kind === "child" ? m.welcomeAboutPin : m.welcomeAbout} />
      <RefusalSummary refusal={refusal} />
      <OwnSecretForm kind={link.kind} username={link.email ?? ""} refusal={refusal} />
    </>
  );
}
