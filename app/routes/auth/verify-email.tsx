import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { VerifyEmailInput } from "#app/domain/identity/inputs.ts";
import { verifyEmail } from "#app/domain/identity/verify-email.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function loader({ request }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  return { title: messagesFor("en").identity.verifyTitle, to: localPath(asked.get("to"), "/home") };
}

/** The sign-up that waits stands in the address of the page, the code in the mail: together they are enough. */
export async function action({ context, request }: ActionFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  return submit(request, VerifyEmailInput, async (input) => {
    const session = await verifyEmail(context, input, "browser");
    return redirect(localPath(asked.get("to"), "/home"), { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  }, (typed) => ({ ...typed, signUpId: asked.get("for") ?? undefined }));
}

export default function VerifyEmail() {
  const { m: { identity: m } } = useLanguage();
  const { to } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.verifyTitle} about={m.verifyAbout} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="code" label={m.verifyCode} inputMode="numeric" autoComplete="one-time-code" autoFocus refusal={refusal} />
        <Button>{m.confirm}</Button>
      </form>
      <p>{m.verifyNone} <a href={`/sign-up?to=${encodeURIComponent(to)}`}>{m.verifyAgain}</a>.</p>
    </>
  );
}
