import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { RefusalSummary } from "../../components/ui/refusal-summary.tsx";
import { SignInInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function loader(_: LoaderFunctionArgs) {
  return { title: messagesFor("en").identity.signInTitle };
}

export async function action({ context, request }: ActionFunctionArgs) {
  return submit(request, SignInInput, async (input) => {
    const session = await signIn(context, input, "browser");
    const to = localPath(new URL(request.url).searchParams.get("to"), "/home");
    return redirect(session.kind === "half" ? `/sign-in/verify?to=${encodeURIComponent(to)}` : to, { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  });
}

export default function SignIn() {
  const { m } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.identity.signInTitle} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="identifier" label={m.identity.identifier} autoComplete="username webauthn" autoCapitalize="none" spellCheck={false} refusal={refusal} />
        <Field name="password" type="password" label={m.identity.password} autoComplete="current-password" refusal={refusal} />
        <Button>{m.shell.signIn}</Button>
      </form>
      <p><a href="/password-reset">{m.identity.forgotPassword}</a></p>
      <p>{m.identity.noAccount} <a href="/sign-up">{m.identity.signUp}</a></p>
    </>
  );
}
