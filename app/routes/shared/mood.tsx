import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { LineChart } from "#app/components/charts/line-chart.tsx";
import { RangeForm } from "#app/components/learning/range-form.tsx";
import { useBackTo } from "#app/components/learning/use-back-to.ts";
import { MoodForm } from "#app/components/moods/mood-form.tsx";
import { MoodList } from "#app/components/moods/mood-list.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { MoodInput } from "#app/domain/learning/moods/inputs.ts";
import { readMoods } from "#app/domain/learning/moods/read-moods.server.ts";
import { recordMood } from "#app/domain/learning/moods/record-mood.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { typedRange } from "#app/http/typed-range.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => readMoods(context, actor, params.childId ?? "", typedRange(request)));
  const { moods: m } = messagesFor(actor.locale);
  return { title: page.child.as === "self" ? m.titleOwn : m.title(page.child.name), done: new URL(request.url).searchParams.has("done"), ...page };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = params.childId ?? "";
  return submit(request, MoodInput, async (said) => {
    await recordMood(context, actor, { studentId, ...said });
    return redirect(`/children/${studentId}/mood?done`, 303);
  });
}

export default function MoodJournal() {
  const { m: { moods: m }, f } = useLanguage();
  const { title, done, child, days, entries, energy, trend, mayRecord, own } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.about} back={useBackTo(child)} />
      {done && !refusal && <Notice tone="done" title={m.done} />}
      <RefusalSummary refusal={refusal} />
      {mayRecord && <><h2>{m.today}</h2>{own && <p>{m.saidToday(`${m.faces[own.mood]} ${m.moods[own.mood]}, ${m.energyOf(own.energy)}`)}</p>}<MoodForm own={own} refusal={refusal} /></>}
      <h2>{m.more}</h2>
      {energy.length === 0 ? <EmptyState title={m.nothing}><p>{m.nothingText}</p></EmptyState> : (
        <>
          <LineChart finding={m.trends[trend](energy.length)} scale={m.energies.map((_, index) => f.number(index + 1))} points={energy.map((day) => ({ label: f.shortDate(day.date), value: day.energy, text: f.number(day.energy) }))} columns={[m.day, m.energy]} />
          <MoodList entries={entries} />
        </>
      )}
      <RangeForm {...days} />
    </>
  );
}
