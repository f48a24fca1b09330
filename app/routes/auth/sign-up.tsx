import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { currencyOptions, timeZoneOptions } from "#app/components/identity/offered.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SignUpInput } from "#app/domain/identity/inputs.ts";
import { signUp } from "#app/domain/identity/sign-up.server.ts";
import { submit } from "#app/http/forms.ts";
import { localPath } from "#app/http/local-path.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Who comes from an invitation joins that family and founds none. */
function destination(request: Request) {
  const to = localPath(new URL(request.url).searchParams.get("to"), "/home");
  return { to, invited: to.startsWith("/join/") };
}

export function loader({ request }: LoaderFunctionArgs) {
  return { title: messagesFor("en").identity.signUpTitle, ...destination(request) };
}

const SignUpForm = SignUpInput.extend({ familyName: SignUpInput.shape.familyName.unwrap() });

export async function action({ context, request }: ActionFunctionArgs) {
  const { to, invited } = destination(request);
  return submit(request, invited ? SignUpInput : SignUpForm, async (input) => {
    const signUpId = await signUp(context, { ...input, invited });
    return redirect(`/sign-up/verify?${new URLSearchParams({ for: signUpId, to })}`, 303);
  });
}

export default function SignUp() {
  const { m: { identity: m, shell } } = useLanguage();
  const { invited, to } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.signUpTitle} about={invited ? m.signUpInvited : m.signUpAbout} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="name" label={m.yourName} autoComplete="name" refusal={refusal} />
        <Field name="email" type="email" label={m.email} autoComplete="email" refusal={refusal} />
        <Field name="password" type="password" label={m.choosePassword} hint={m.newPasswordHint} autoComplete="new-password" refusal={refusal} />
        {!invited && (
          <>
            <Field name="familyName" label={m.familyName} hint={m.familyNameHint} autoComplete="off" refusal={refusal} />
            <SelectField name="currency" label={m.currency} hint={m.currencyHint} options={currencyOptions("en")} refusal={refusal} />
          </>
        )}
        <SelectField name="timeZone" label={m.timeZone} options={timeZoneOptions} refusal={refusal} />
        <Button>{m.continue}</Button>
      </form>
      <p>{m.haveAccount} <a href={`/sign-in?to=${encodeURIComponent(to)}`}>{shell.signIn}</a></p>
    </>
  );
}
