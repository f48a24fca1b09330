import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { BookingAnswer } from "#app/components/lessons/booking-answer.tsx";
import { LessonFacts } from "#app/components/lessons/lesson-facts.tsx";
import { CancelQuestion, ChangeForm } from "#app/components/lessons/lesson-forms.tsx";
import { RefusedTimes } from "#app/components/lessons/refused-times.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { cancelLesson } from "#app/domain/lessons/cancel-lesson.server.ts";
import { changeLesson } from "#app/domain/lessons/change-lesson.server.ts";
import { Scope } from "#app/domain/lessons/inputs.ts";
import { LessonAct, lessonActFrom } from "#app/domain/lessons/lesson-acts.ts";
import { loadLessonPage } from "#app/domain/lessons/lesson-page.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const at = new URL(request.url).searchParams;
  const scope = Scope.catch("one").parse(at.get("scope"));
  const lesson = await read(() => loadLessonPage(context, actor, params.lessonId ?? "", scope));
  return { title: lesson.subject, ask: at.get("ask"), done: at.get("done"), scope, lesson };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.lessonId ?? "";
  return submit(request, LessonAct, async ({ act, ...input }) => {
    if (act === "cancel") {
      await cancelLesson(context, actor, id, input as Parameters<typeof cancelLesson>[3]);
      return redirect(`/schedule/${id}?done=cancelled`, 303);
    }
    const { changed, asked } = await changeLesson(context, actor, id, input as Parameters<typeof changeLesson>[3]);
    return redirect(`/schedule/${id}?done=${asked > 0 ? "asked" : changed > 0 ? "changed" : "same"}`, 303);
  }, lessonActFrom);
}

export default function Lesson() {
  const { m: { lessons: m, bookings, attendance }, f } = useLanguage();
  const { ask, done, scope, lesson } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = done === "booked" ? bookings.done[lesson.status === "asked" ? "asked" : "booked"] : m.done[done ?? ""];
  const dated = (instant: number | null) => (instant === null ? null : f.dateTime(instant));
  return (
    <>
      <PageHeader title={lesson.subject} about={`${lesson.student}, ${f.dateTime(lesson.startsAt)} – ${lesson.until}`} back={{ href: "/schedule", label: m.title }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      <RefusedTimes refusal={refusal} />
      {ask === "cancel" && <CancelQuestion lesson={lesson} refusal={refusal} scope={scope} />}
      {!ask && lesson.booking && <section><h2>{bookings.waits}</h2><BookingAnswer booking={lesson.booking} /></section>}
      {ask === "change" && lesson.mayChange ? <ChangeForm lesson={lesson} refusal={refusal} /> : <LessonFacts lesson={lesson} />}
      {lesson.attendance && <p><ButtonLink weight="primary" href={`/schedule/${lesson.id}/attendance`}>{attendance.attendance}</ButtonLink></p>}
      {!ask && lesson.mayAsk && <p><ButtonLink href={`/schedule/${lesson.id}/move`}>{bookings.move}</ButtonLink></p>}
      {!ask && (lesson.mayChange || (lesson.consequence && !lesson.consequence.problem)) && (
        <p>
          {lesson.mayChange && <ButtonLink href={`/schedule/${lesson.id}?ask=change`}>{m.change}</ButtonLink>}
          <ButtonLink href={`/schedule/${lesson.id}?ask=cancel`}>{lesson.status === "asked" ? m.takeBack : m.cancel}</ButtonLink>
        </p>
      )}
      <h2>{m.history}</h2>
      <Timeline items={lesson.changes.map(({ at, from, to, ...change }) => ({ at, text: m.happened({ ...change, from: dated(from), to: dated(to) }) }))} />
    </>
  );
}
