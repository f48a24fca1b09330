import { redirect, type ActionFunctionArgs } from "@remix-run/cloudflare";
import { useRefusal } from "#app/http/use-refusal.ts";
import { SignInInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function action({ context, request }: ActionFunctionArgs) {
  return submit(request, SignInInput, async (input) => {
    const session = await signIn(context, input, "browser");
    return redirect(localPath(new URL(request.url).searchParams.get("to"), "/home"), { headers: { "Set-Cookie": sessionCookie(context, session) } });
  });
}

export default function SignIn() {
  const { m } = useLanguage();
  const refusal = useRefusal();
  return (
    <form method="post">
      <h1>{m.identity.signInTitle}</h1>
      {refusal && <p role="alert">{refusal.reason}</p>}
      <label>{m.identity.identifier} <input name="identifier" autoComplete="username webauthn" defaultValue={refusal?.values.identifier} /></label>
      <label>{m.identity.password} <input name="password" type="password" autoComplete="current-password" /></label>
      <button>{m.shell.signIn}</button>
    </form>
  );
}
