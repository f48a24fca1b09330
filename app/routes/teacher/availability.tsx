import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Absences, Windows } from "#app/components/lessons/availability-forms.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { DomainError } from "#app/domain/errors.ts";
import { AvailabilityAct } from "#app/domain/lessons/availability-inputs.ts";
import { changeAvailability, getAvailability, schoolsTaughtAt } from "#app/domain/lessons/availability.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const schools = schoolsTaughtAt(actor);
  const of = await read(async () => {
    if (schools.length === 0) throw new DomainError("forbidden");
    return getAvailability(context, actor, asked.get("at") ?? schools[0]!.id);
  });
  return { title: messagesFor(actor.locale).availability.title, done: asked.has("done"), schools, of, zone: actor.timeZone };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, AvailabilityAct, async (act, typed) => {
    const schoolId = typed.schoolId ?? "";
    await changeAvailability(context, actor, schoolId, act);
    return redirect(`/schedule/availability?at=${schoolId}&done`, 303);
  });
}

export default function Availability() {
  const { title, done, schools, of, zone } = useLoaderData<typeof loader>();
  const { m: { availability: m, lessons } } = useLanguage();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.about} back={{ href: "/schedule", label: lessons.title }} />
      {done && !refusal && <Notice tone="done">{m.saved}</Notice>}
      <RefusalSummary refusal={refusal} />
      {schools.length > 1 && <TabLinks label={m.school} tabs={schools.map(({ id, name }) => ({ href: `/schedule/availability?at=${id}`, label: name, current: id === of.schoolId }))} />}
      <Windows of={of} refusal={refusal} zone={zone} />
      <Absences of={of} refusal={refusal} />
    </>
  );
}
