import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { ChoiceField, Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { ClassSignInInput } from "#app/domain/identity/inputs.ts";
import { listClass, signInByClass } from "#app/domain/identity/sign-in-by-class.server.ts";
import { submit } from "#app/http/forms.ts";
import { sessionCookie } from "#app/http/session.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const students = await listClass(context, params.code ?? "");
  return data({ title: messagesFor("en").entry.whoAreYou, students }, students ? 200 : 404);
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  return submit(request, ClassSignInInput, async (input) => {
    const session = await signInByClass(context, input, "browser");
    return redirect("/home", { status: 303, headers: { "Set-Cookie": sessionCookie(context, session) } });
  }, (typed) => ({ ...typed, code: params.code }));
}

export default function ClassSignIn() {
  const { m: { entry: m, shell, problems } } = useLanguage();
  const { students } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const elsewhere = <p><a href="/sign-in/child">{m.notMyClass}</a></p>;
  if (!students) return <><PageHeader title={m.whoAreYou} /><EmptyState title={problems.class_code_lapsed}><ButtonLink href="/sign-in/child">{m.childTitle}</ButtonLink></EmptyState></>;
  if (students.length === 0) return <><PageHeader title={m.whoAreYou} /><EmptyState title={m.nobodyHere} />{elsewhere}</>;
  return (
    <>
      <PageHeader title={m.whoAreYou} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <ChoiceField name="student" label={m.chooseName} options={students.map(({ student, name }) => ({ value: student, label: name }))} refusal={refusal} />
        <Field name="pin" type="password" label={m.pin} inputMode="numeric" autoComplete="off" refusal={refusal} />
        <Button>{shell.signIn}</Button>
      </form>
      {elsewhere}
    </>
  );
}
