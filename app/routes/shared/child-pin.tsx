import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SetPinInput } from "#app/domain/identity/inputs.ts";
import { findPinOwner, setPin } from "#app/domain/identity/set-pin.server.ts";
import { wardOf } from "#app/domain/actor.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const childId = params.childId ?? "";
  const { name, username } = await read(() => findPinOwner(context, actor, childId));
  return { title: messagesFor(actor.locale).entry.pinTitle(name), name, username, back: wardOf(actor, childId) ? `/children/${childId}` : null, done: new URL(request.url).searchParams.has("done") };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, SetPinInput, async ({ pin }) => {
    await setPin(context, actor, params.childId ?? "", pin);
    return redirect(`/children/${params.childId}/pin?done`, 303);
  });
}

export default function ChildPin() {
  const { m: { entry: m } } = useLanguage();
  const { title, name, username, back, done } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.pinAbout(username)} back={back === null ? undefined : { href: back, label: name }} />
      {done && !refusal && <Notice tone="done">{m.pinSet(name)}</Notice>}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <Field name="pin" label={m.newPin} hint={m.newPinHint} inputMode="numeric" autoComplete="off" refusal={refusal} />
        <Button>{m.setPin}</Button>
      </form>
    </>
  );
}
