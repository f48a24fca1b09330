import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ChildFields, TopicFields, WhenFields } from "#app/components/notifications/preference-fields.tsx";
import { PushDevices } from "#app/components/notifications/push-devices.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { doPreferencesAct, PreferencesForm, preferencesTyped } from "#app/domain/notifications/preference-acts.server.ts";
import { loadPreferences } from "#app/domain/notifications/preferences-page.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => loadPreferences(context, actor));
  return { title: messagesFor(actor.locale).notices.title, ...page, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, PreferencesForm, async (input) => {
    await doPreferencesAct(context, actor, input);
    return redirect(`/settings/notifications?done=${input.act}`, 303);
  }, preferencesTyped);
}

export default function Notifications() {
  const { m: { notices: m, shell } } = useLanguage();
  const { topics, children, pushKey, browsers, channels, done, ...when } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = { "save": m.saved, "push-on": m.pushIsOn, "push-off": m.pushIsOff }[done ?? ""];
  return (
    <>
      <PageHeader title={m.title} about={m.about} back={{ href: "/settings", label: shell.places.settings }} />
      {said && !refusal && <Notice tone="done">{said}</Notice>}
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <WhenFields {...when} refusal={refusal} />
        {channels.length > 0 && (
          <fieldset>
            <legend>{m.what}</legend>
            <TopicFields topics={topics} refusal={refusal} />
            {children.map((child) => <ChildFields key={child.id} {...child} refusal={refusal} />)}
          </fieldset>
        )}
        <Button name="act" value="save">{m.save}</Button>
      </form>
      <PushDevices pushKey={pushKey} browsers={browsers} />
    </>
  );
}
