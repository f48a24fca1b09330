import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { encode } from "uqr";
import * as z from "zod";
import { QrCode } from "#app/components/identity/qr-code.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { getClassToOpen, makeClassCode, shutClass } from "#app/domain/identity/open-class.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { showOnce, shownOnce } from "#app/http/shown-once.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { name, expiresAt } = shownOnce<{ made: Made }>(context)?.made ?? (await read(() => getClassToOpen(context, actor, params.classId ?? "")));
  const { entry, shell, teaching } = messagesFor(actor.locale);
  const back = administeredSchools(actor).length > 0 ? { href: `/admin/enrolments?classId=${params.classId}`, label: teaching.title } : { href: "/home", label: shell.places.home };
  return { title: entry.classCodeTitle(name), back, until: expiresAt, ended: new URL(request.url).searchParams.has("ended") };
}

const Form = z.object({ act: z.enum(["make", "end"], "not_a_choice") });

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Form, async ({ act }) => {
    if (act === "end") {
      await shutClass(context, actor, params.classId ?? "");
      return redirect(`/classes/${params.classId}/code?ended`, 303);
    }
    // The code is shown this once: its page is the answer to the form itself.
    const made = await makeClassCode(context, actor, params.classId ?? "");
    const qr = encode(made.url, { border: 2 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
    return showOnce(context, { made: { ...made, qr, where: `${context.settings.origin}/sign-in/child` } });
  });
}

type Made = { name: string; code: string; expiresAt: number; qr: string[]; where: string };

export default function ClassCode() {
  const { m: { entry: m }, f } = useLanguage();
  const { title, back, until, ended } = useLoaderData<typeof loader>();
  const made = useActionData<{ made?: Made }>()?.made;
  if (made) {
    return (
      <>
        <PageHeader title={m.classCodeTitle(made.name)} about={m.codeUntil(f.dateTime(made.expiresAt))} back={back} />
        <Notice tone="waiting" title={m.printNow} />
        <QrCode rows={made.qr} label={m.qrOfClass} />
        <p>{m.orTypeCode(made.where)} <code>{made.code}</code></p>
      </>
    );
  }
  return (
    <>
      <PageHeader title={title} about={m.classCodeAbout} back={back} />
      {ended && until === null && <Notice tone="done">{m.classCodeEnded}</Notice>}
      {until === null ? <p>{m.classCodeOff}</p> : <p>{m.classCodeOn(f.dateTime(until))} {m.classCodeLost}</p>}
      <form method="post"><Button name="act" value="make">{until === null ? m.makeClassCode : m.newClassCode}</Button></form>
      {until !== null && <form method="post"><Button weight="danger" name="act" value="end">{m.endClassCode}</Button></form>}
    </>
  );
}
