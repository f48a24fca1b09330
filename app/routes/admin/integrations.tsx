import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { SetPachcaInput } from "#app/domain/integrations/inputs.ts";
import { readPachca, setPachca, stopPachca, testPachca } from "#app/domain/integrations/pachca-settings.server.ts";
import { requireSchool } from "#app/http/chosen-school.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId, schoolName } = requireSchool(actor, request);
  return { title: messagesFor(actor.locale).integrations.title, school: { id: schoolId, name: schoolName }, done: new URL(request.url).searchParams.get("done"), pachca: await read(() => readPachca(context, actor, schoolId)) };
}

const Form = z.discriminatedUnion("act", [SetPachcaInput.extend({ act: z.literal("save") }), z.object({ act: z.literal("test") }), z.object({ act: z.literal("stop") })]);

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { schoolId } = requireSchool(actor, request);
  return submit(request, Form, async (input) => {
    if (input.act === "save") await setPachca(context, actor, schoolId, input);
    else await (input.act === "test" ? testPachca : stopPachca)(context, actor, schoolId);
    return redirect(`/admin/integrations?school=${schoolId}&done=${input.act}`, 303);
  }, (typed) => (typed.act === "save" ? { ...typed, channelId: Number(typed.channelId) } : typed));
}

export default function Integrations() {
  const { m: { integrations: m, schools } } = useLanguage();
  const { school, done, pachca } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = m.done[done ?? ""];
  // The form says of which school it is: another tab may have changed the cookie since.
  const at = `/admin/integrations?school=${school.id}`;
  return (
    <>
      <PageHeader title={m.title} about={`${school.name}. ${m.about}`} back={{ href: "/admin", label: schools.admin }} />
      {said && !refusal && <Notice tone="done">{said}</Notice>}
      <RefusalSummary refusal={refusal} />
      <Card title={m.pachca} tag={pachca && <Tag tone={pachca.active ? "done" : "waiting"}>{pachca.active ? m.isOn : m.isOff}</Tag>}>
        <p>{m.pachcaAbout}</p>
        {pachca?.problem && <Notice tone="refused">{m.lastProblem(pachca.problem)}</Notice>}
        <form method="post" action={at}>
          <Field name="token" type="password" label={m.token} hint={pachca ? m.tokenKept : m.tokenHint} refusal={refusal} autoComplete="off" />
          <Field name="channelId" inputMode="numeric" label={m.channelId} hint={m.channelHint} refusal={refusal} defaultValue={pachca?.channelId ?? ""} autoComplete="off" required />
          <Button name="act" value="save">{m.save}</Button>
        </form>
        {pachca?.active && (
          <form method="post" action={at}>
            <Button weight="quiet" name="act" value="test">{m.test}</Button>
            <Button weight="danger" name="act" value="stop">{m.stop}</Button>
          </form>
        )}
      </Card>
    </>
  );
}
