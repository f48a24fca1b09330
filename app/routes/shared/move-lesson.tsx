import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { MoveForm } from "#app/components/lessons/move-form.tsx";
import { RefusedTimes } from "#app/components/lessons/refused-times.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { askToMove, getMovePage } from "#app/domain/lessons/ask-to-move.server.ts";
import { MoveRequestInput } from "#app/domain/lessons/booking-inputs.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => getMovePage(context, actor, params.lessonId ?? ""));
  return { title: messagesFor(actor.locale).bookings.moveTitle(page.lesson.subject), zone: actor.timeZone, page };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.lessonId ?? "";
  return submit(request, MoveRequestInput, async (input) => redirect(`/schedule/${id}?done=${await askToMove(context, actor, id, input)}`, 303));
}

export default function MoveLesson() {
  const { title, zone, page } = useLoaderData<typeof loader>();
  const { m: { bookings: m, attendance }, f } = useLanguage();
  const say = useProblems();
  const refusal = useRefusal();
  const { lesson, problem, times } = page;
  return (
    <>
      <PageHeader title={title} about={m.standsNow(f.dateTime(lesson.startsAt), lesson.minutes, lesson.teacher)} back={{ href: `/schedule/${lesson.id}`, label: attendance.toLesson }} />
      <RefusalSummary refusal={refusal} />
      <RefusedTimes refusal={refusal} />
      {problem ? !refusal && <Notice tone="refused" title={say(problem)} />
        : times.length === 0 ? <EmptyState title={m.noTimesTitle}><p>{m.noTimesText(lesson.teacher)}</p></EmptyState>
        : <MoveForm page={page} zone={zone} refusal={refusal} />}
    </>
  );
}
