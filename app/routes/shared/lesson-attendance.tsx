import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AnswerForms, MakeUpForm, ResolveForm, TakeForm } from "#app/components/lessons/attendance-forms.tsx";
import { AttendancePanel } from "#app/components/lessons/attendance-panel.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { confirmAttendance, disputeAttendance, resolveDispute } from "#app/domain/lessons/answer-attendance.server.ts";
import { AttendanceAct } from "#app/domain/lessons/attendance-inputs.ts";
import { getAttendancePage } from "#app/domain/lessons/attendance-page.server.ts";
import { giveMakeUp } from "#app/domain/lessons/make-up.server.ts";
import { takeAttendance } from "#app/domain/lessons/take-attendance.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => getAttendancePage(context, actor, params.lessonId ?? ""));
  return { title: messagesFor(actor.locale).attendance.title(page.lesson.subject), done: new URL(request.url).searchParams.get("done"), page };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.lessonId ?? "";
  return submit(request, AttendanceAct, async (input) => {
    if (input.act === "take") await takeAttendance(context, actor, id, input);
    if (input.act === "confirm") await confirmAttendance(context, actor, id);
    if (input.act === "dispute") await disputeAttendance(context, actor, id, input.reason);
    if (input.act === "resolve") await resolveDispute(context, actor, id, input);
    if (input.act === "make-up") await giveMakeUp(context, actor, id, input.reason);
    return redirect(`/schedule/${id}/attendance?done=${input.act}`, 303);
  });
}

export default function LessonAttendance() {
  const { title, done, page } = useLoaderData<typeof loader>();
  const { m: { attendance: m }, f } = useLanguage();
  const refusal = useRefusal();
  const { lesson, may } = page;
  return (
    <>
      <PageHeader title={title} about={m.about(lesson.student, lesson.teacher, f.dateTime(lesson.startsAt))} back={{ href: `/schedule/${lesson.id}`, label: m.toLesson }} />
      {done !== null && done in m.done && !refusal && <Notice tone="done">{m.done[done as keyof typeof m.done]}</Notice>}
      <RefusalSummary refusal={refusal} />
      <AttendancePanel page={page} />
      {may.answer && <AnswerForms page={page} refusal={refusal} />}
      {may.resolve && <ResolveForm page={page} refusal={refusal} />}
      {may.take && <TakeForm page={page} refusal={refusal} />}
      {may.makeUp && <MakeUpForm page={page} refusal={refusal} />}
    </>
  );
}
