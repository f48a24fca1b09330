import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { ClassSignInInput, SignInInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function loader({ request }: LoaderFunctionArgs) {
  return { title: messagesFor("en").entry.childTitle, to: localPath(new URL(request.url).searchParams.get("to"), "/home") };
}

const Form = z.discriminatedUnion("by", [
  SignInInput.pick({ identifier: true, password: true }).extend({ by: z.literal("pin") }),
  z.object({ by: z.literal("class"), classCode: ClassSignInInput.shape.code }),
]);

export async function action({ context, request }: ActionFunctionArgs) {
  const to = localPath(new URL(request.url).searchParams.get("to"), "/home");
  return submit(request, Form, async (input) => {
    if (input.by === "class") return redirect(`/sign-in/class/${encodeURIComponent(input.classCode)}`, 303);
    const session = await signIn(context, input, "browser");
    return redirect(session.kind === "half" ? `/sign-in/verify?to=${encodeURIComponent(to)}` : to, { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  });
}

export default function ChildSignIn() {
  const { m: { entry: m, identity, shell } } = useLanguage();
  const { to } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.childTitle} about={m.childAbout} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="identifier" label={identity.username} autoComplete="username" autoCapitalize="none" spellCheck={false} refusal={refusal} />
        <Field name="password" type="password" label={m.pin} inputMode="numeric" autoComplete="current-password" refusal={refusal} />
        <Button name="by" value="pin">{shell.signIn}</Button>
      </form>
      <Card title={m.haveClassCode}>
        <form method="post">
          <Field name="classCode" label={m.classCode} hint={m.classCodeHint} autoComplete="off" autoCapitalize="none" spellCheck={false} refusal={refusal} />
          <Button weight="quiet" name="by" value="class">{m.goOn}</Button>
        </form>
      </Card>
      <p><a href={`/sign-in?to=${encodeURIComponent(to)}`}>{m.forAdults}</a></p>
    </>
  );
}
