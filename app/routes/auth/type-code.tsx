import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { pairingCodeOf } from "#app/domain/families/rules.ts";
import { submit } from "#app/http/forms.ts";
import { findVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context }: LoaderFunctionArgs) {
  return { title: messagesFor((await findVisitor(context))?.locale ?? "en").kin.typeTitle };
}

const Typed = z.object({ code: z.string("code_missing").max(40, "code_wrong").transform((typed, issue) => pairingCodeOf(typed) ?? (issue.addIssue({ code: "custom", message: "code_wrong" }), z.NEVER)) });

/** Only the form of the code is looked at here; whether it opens anything is asked where it leads. */
export async function action({ request }: ActionFunctionArgs) {
  return submit(request, Typed, ({ code }) => Promise.resolve(redirect(`/join/${code}`, 303)));
}

export default function TypeCode() {
  const { m: { kin: m } } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={m.typeTitle} about={m.typeAbout} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="code" label={m.code} hint={m.codeHint} autoComplete="off" autoCapitalize="characters" spellCheck={false} refusal={refusal} required />
        <Button>{m.goOn}</Button>
      </form>
    </>
  );
}
