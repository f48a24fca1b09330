import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Button } from "#app/components/ui/button.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { endSession } from "#app/domain/identity/end-session.server.ts";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { requireNewcomer } from "#app/http/require-actor.ts";
import { endedSessionCookie } from "#app/http/session.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireNewcomer(context, request);
  return { title: messagesFor(actor.locale).shell.signOut };
}

/** Signing out twice is signing out. */
export async function action({ context }: ActionFunctionArgs) {
  const actor = await findActor(context);
  if (actor) await endSession(context, actor);
  return redirect("/sign-in?done=out", { status: 303, headers: { "Set-Cookie": endedSessionCookie(context) } });
}

export default function SignOut() {
  const { m } = useLanguage();
  return (
    <>
      <PageHeader title={m.shell.signOut} about={m.identity.signOutAbout} back={{ href: "/home", label: m.shell.places.home }} />
      <form method="post"><Button>{m.shell.signOut}</Button></form>
    </>
  );
}
