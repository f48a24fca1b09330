import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { PasskeyButton } from "#app/components/identity/passkey-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { PasskeySignInInput, SignInInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { signInWithPasskey } from "#app/domain/identity/sign-in-with-passkey.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { passkeyFrom } from "#app/http/passkey-form.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function loader({ request }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  return { title: messagesFor("en").identity.signInTitle, to: asked.get("to"), done: asked.get("done") };
}

const SignInForm = z.discriminatedUnion("by", [
  SignInInput.omit({ code: true }).extend({ by: z.literal("password") }),
  PasskeySignInInput.extend({ by: z.literal("passkey") }),
]);

export async function action({ context, request }: ActionFunctionArgs) {
  const to = localPath(new URL(request.url).searchParams.get("to"), "/home");
  return submit(request, SignInForm, async (input) => {
    const session = await (input.by === "passkey" ? signInWithPasskey(context, input, "browser") : signIn(context, input, "browser"));
    return redirect(session.kind === "half" ? `/sign-in/verify?to=${encodeURIComponent(to)}` : to, { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  }, (typed) => (typed.credential === undefined ? { by: "password", ...typed } : { by: "passkey", ...passkeyFrom(typed) }));
}

export default function SignIn() {
  const { m } = useLanguage();
  const refusal = useRefusal();
  const { to, done } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.identity.signInTitle} />
      {done === "password" && !refusal && <Notice tone="done">{m.identity.passwordIsNew}</Notice>}
      {done === "out" && !refusal && <Notice tone="done">{m.identity.signedOut}</Notice>}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="identifier" label={m.identity.identifier} autoComplete="username webauthn" autoCapitalize="none" spellCheck={false} refusal={refusal} />
        <Field name="password" type="password" label={m.identity.password} autoComplete="current-password" refusal={refusal} />
        <Button>{m.shell.signIn}</Button>
      </form>
      <form method="post"><PasskeyButton act="sign-in" label={m.identity.signInByPasskey} /></form>
      <p><a href="/recover">{m.identity.forgotPassword}</a></p>
      <p><a href={to ? `/sign-in/child?to=${encodeURIComponent(to)}` : "/sign-in/child"}>{m.entry.forChildren}</a></p>
      <p>{m.identity.noAccount} <a href={to ? `/sign-up?to=${encodeURIComponent(to)}` : "/sign-up"}>{m.identity.signUp}</a></p>
    </>
  );
}
