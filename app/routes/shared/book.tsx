import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { BookingForm, BookingRulesForm } from "#app/components/lessons/booking-form.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { wardOf } from "#app/domain/actor.ts";
import { bookLesson } from "#app/domain/lessons/book-lesson.server.ts";
import { BookingAct } from "#app/domain/lessons/booking-inputs.ts";
import { getBookingPage } from "#app/domain/lessons/booking-page.server.ts";
import { setLessonRules } from "#app/domain/lessons/lesson-rules.server.ts";
import { childMeant } from "#app/http/chosen-child.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const asked = new URL(request.url).searchParams;
  const page = await read(() => getBookingPage(context, actor, childMeant(actor, request), { enrolmentId: asked.get("enrolment") ?? undefined, minutes: Number(asked.get("minutes")) }));
  const { bookings: m } = messagesFor(actor.locale);
  const name = wardOf(actor, page.childId)?.name ?? actor.name;
  return { title: page.isSelf ? m.title : m.titleFor(name), name, zone: actor.timeZone, done: asked.get("done"), page };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const child = childMeant(actor, request) ?? "";
  return submit(request, BookingAct, async (input) => {
    if (input.act === "rules") {
      await setLessonRules(context, actor, child, { approvalNeeded: input.approvalNeeded === "yes" });
      return redirect(`/book?child=${child}&done=rules`, 303);
    }
    return redirect(`/schedule/${await bookLesson(context, actor, input)}?done=booked`, 303);
  });
}

export default function Book() {
  const { title, name, zone, done, page } = useLoaderData<typeof loader>();
  const { m: { bookings: m, home, shell } } = useLanguage();
  const refusal = useRefusal();
  const { pairs, chosen, isSelf, childId } = page;
  const missing = refusal?.extra.minutes as { needed: number; free: number } | undefined;
  return (
    <>
      <PageHeader title={title} {...(chosen ? { about: `${chosen.subject} ${m.withTeacher(chosen.teacher)}`, back: { href: `/book?child=${childId}`, label: m.choose } } : { back: { href: `/children/${childId}`, label: isSelf ? shell.places.me : name } })} />
      {done === "rules" && !refusal && <Notice tone="done">{m.done.rules}</Notice>}
      <RefusalSummary refusal={refusal} />
      {missing && <p>{m.freeMinutes(home.timeSpent(missing.free), home.timeSpent(missing.needed))} <a href={`/shop?studentId=${childId}`}>{m.toShop}</a></p>}
      {chosen ? <BookingForm page={page} chosen={chosen} refusal={refusal} zone={zone} />
        : pairs.length === 0 ? <EmptyState title={m.noEnrolmentTitle}><p>{m.noEnrolmentText}</p></EmptyState>
        : <section><h2>{m.choose}</h2><ul className="rows">{pairs.map((pair) => <li key={pair.id}><a href={`/book?child=${childId}&enrolment=${pair.id}`}>{pair.subject} {m.withTeacher(pair.teacher)}</a></li>)}</ul></section>}
      {!chosen && page.setsRules && <BookingRulesForm name={name} approvalNeeded={page.approvalNeeded} refusal={refusal} />}
    </>
  );
}
