import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { CodeInput } from "#app/domain/identity/inputs.ts";
import { findHalf, verifySecondFactor } from "#app/domain/identity/verify-second-factor.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context }: LoaderFunctionArgs) {
  if (!(await findHalf(context))) throw redirect("/sign-in");
  return { title: messagesFor("en").identity.secondFactorTitle };
}

export async function action({ context, request }: ActionFunctionArgs) {
  return submit(request, CodeInput, async ({ code }) => {
    const session = await verifySecondFactor(context, code);
    return redirect(localPath(new URL(request.url).searchParams.get("to"), "/home"), { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  });
}

export default function SecondFactor() {
  const { m } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.identity.secondFactorTitle} back={{ href: "/sign-in", label: m.shell.signIn }} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="code" label={m.identity.code} hint={m.identity.codeHint} inputMode="numeric" autoComplete="one-time-code" autoFocus refusal={refusal} />
        <Button>{m.identity.confirm}</Button>
      </form>
    </>
  );
}
