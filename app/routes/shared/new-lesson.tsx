import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DetailFields, TimeFields } from "#app/components/lessons/lesson-fields.tsx";
import { RepeatFields } from "#app/components/lessons/repeat-fields.tsx";
import { RefusedTimes } from "#app/components/lessons/refused-times.tsx";
import { SeriesPreview, type Foreseen } from "#app/components/lessons/series-preview.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { createLesson } from "#app/domain/lessons/create-lesson.server.ts";
import { createSeries, foreseeSeries } from "#app/domain/lessons/create-series.server.ts";
import { CreateLessonInput, SeriesInput } from "#app/domain/lessons/inputs.ts";
import { createFrom, seriesFrom } from "#app/domain/lessons/lesson-acts.ts";
import { loadNewLesson } from "#app/domain/lessons/new-lesson-page.server.ts";
import { read, submit, type Refusal, type Typed } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const at = new URL(request.url).searchParams;
  const whom = { studentId: at.get("studentId") || undefined, q: at.get("q")?.trim().slice(0, 100) || undefined };
  return { title: messagesFor(actor.locale).lessons.newTitle, whom, offered: await read(() => loadNewLesson(context, actor, whom)) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const repeats = (await request.clone().formData()).get("everyWeeks") !== "";
  if (!repeats) return submit(request, CreateLessonInput, async (input) => redirect(`/schedule/${await createLesson(context, actor, input)}?done=set`, 303), createFrom);
  return submit(request, SeriesInput, async (input, typed) => {
    if (typed.act !== "preview") {
      await createSeries(context, actor, input);
      return redirect(`/schedule?from=${input.startsOn}`, 303);
    }
    const { lessons, clashes } = await foreseeSeries(context, actor, input);
    return data({ typed, foreseen: { lessons: lessons.map(({ localStart, localEnd, skipped }) => ({ localStart, localEnd, skipped })), clashes } satisfies Foreseen });
  }, seriesFrom);
}

export default function NewLesson() {
  const { m: { lessons: m } } = useLanguage();
  const { whom, offered } = useLoaderData<typeof loader>();
  const { refusal, foreseen, typed } = useActionData<{ refusal?: Refusal; foreseen?: Foreseen; typed?: Typed }>() ?? {};
  // What was typed for the preview stands in the form again, as after a refusal.
  const kept = refusal ?? (typed && { reason: "", fields: [], values: typed, extra: {} });
  return (
    <>
      <PageHeader title={m.newTitle} back={{ href: "/schedule", label: m.title }} />
      <RefusalSummary refusal={refusal} />
      <RefusedTimes refusal={refusal} />
      {foreseen && <SeriesPreview foreseen={foreseen} />}
      {(offered.more || whom.q) && (
        <form method="get" role="search">
          <Field name="q" type="search" label={m.studentContains} defaultValue={whom.q} autoComplete="off" />
          <Button weight="quiet">{m.find}</Button>
        </form>
      )}
      {offered.pairs.length === 0 ? <EmptyState title={m.nobody}><p>{m.nobodyText}</p></EmptyState> : (
        <form method="post">
          <SelectField name="enrolmentId" label={m.whom} hint={m.whomHint} refusal={kept} options={offered.pairs.map(({ enrolmentId, student, subject, teacher }) => ({ value: enrolmentId, label: m.pair(student, subject, teacher) }))} />
          <TimeFields known={{ date: offered.tomorrow, time: "16:00", minutes: 60, timeZone: offered.timeZone }} refusal={kept} />
          <DetailFields known={{ minutes: 60 }} refusal={kept} />
          <RepeatFields refusal={kept} />
          <Button name="act" value="set">{m.set}</Button>
          <Button weight="quiet" name="act" value="preview">{m.preview}</Button>
        </form>
      )}
    </>
  );
}
