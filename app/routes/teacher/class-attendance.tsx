import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ClassRegister } from "#app/components/learning/class-register.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { AttendanceInput, LocalDay, marksFrom } from "#app/domain/learning/attendance-inputs.ts";
import { readClassDay, takeAttendance } from "#app/domain/learning/take-attendance.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const date = LocalDay.safeParse(asked.get("date")).data ?? null;
  const day = await read(() => readClassDay(context, actor, params.classId ?? "", date));
  return { title: messagesFor(actor.locale).learning.classTitle(day.name), day, done: asked.has("done") };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const classId = params.classId ?? "";
  return submit(request, AttendanceInput, async (input) => {
    await takeAttendance(context, actor, input);
    return redirect(`/classes/${classId}/attendance?date=${input.date}&done`, 303);
  }, (typed) => ({ classId, date: typed.date, marks: marksFrom(typed) }));
}

export default function ClassAttendance() {
  const { m: { home, learning: m }, f } = useLanguage();
  const { title, day, done } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={f.date(day.date)} back={{ href: "/home", label: home.title }} />
      {done && !refusal && <Notice tone="done" title={m.taken} />}
      <RefusalSummary refusal={refusal} />
      {day.students.length === 0 ? <EmptyState title={m.emptyClass}><p>{m.emptyClassText}</p></EmptyState> : (
        <form method="post">
          <input type="hidden" name="date" value={day.date} />
          {!day.taken && <p>{m.notTaken}</p>}
          <ClassRegister day={day} refusal={refusal} />
          <Button>{m.saveAttendance}</Button>
        </form>
      )}
      <form method="get"><Field name="date" label={m.otherDay} type="date" defaultValue={day.date} max={day.today} required /><Button weight="quiet">{m.goToDay}</Button></form>
      <p><a href={`/classes/${day.classId}/code`}>{m.classCode}</a></p>
    </>
  );
}
