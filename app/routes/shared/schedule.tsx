import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { LessonRows, LessonWeek } from "#app/components/lessons/lesson-week.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { loadSchedule } from "#app/domain/lessons/schedule-page.server.ts";
import { administeredSchools } from "#app/domain/schools/rules.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Beside their children and schools: what the reader teaches. */
const ME = "me";

/** The address says whose timetable, from which day, and how it is shown. */
function asked(request: Request) {
  const at = new URL(request.url).searchParams;
  const given = (name: string) => at.get(name) || undefined;
  const from = given("from");
  return { view: at.get("view") === "list" ? ("list" as const) : ("week" as const), from: from && /^\d{4}-\d\d-\d\d$/.test(from) && !Number.isNaN(Date.parse(from)) ? from : undefined, child: given("child"), school: given("school"), after: given("after") };
}

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { after, child, ...query } = asked(request);
  // Who only runs a school has no lessons of their own.
  const own = actor.kind === "child" || actor.wards.length > 0 || actor.memberships.some(({ role }) => ["teacher", "tutor", "student"].includes(role));
  const school = query.school ?? (own || child ? undefined : administeredSchools(actor)[0]?.schoolId);
  const schedule = await read(() => loadSchedule(context, actor, { ...query, studentId: child === ME ? undefined : child, taught: child === ME, schoolId: school, cursor: after }));
  return { title: messagesFor(actor.locale).lessons.title, own, asked: { ...query, child, school }, schedule };
}

export default function Schedule() {
  const { m: { lessons: m, bookings, availability, calendars }, f } = useLanguage();
  const { own, asked: { view, from, child, school }, schedule } = useLoaderData<typeof loader>();
  const { lessons, first, children, schools, nextCursor } = schedule;
  const to = (more: Record<string, string | undefined>) => {
    const query = new URLSearchParams(Object.entries({ view: view === "list" ? view : undefined, from, child, school, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return query.size > 0 ? `/schedule?${query.toString()}` : "/schedule";
  };
  const whose = [
    ...(schedule.teaches && children.length + schools.length > 0 ? [{ href: to({ child: ME, school: undefined }), label: m.mine, current: child === ME }] : []),
    ...children.map(({ id, name }) => ({ href: to({ child: id, school: undefined }), label: name, current: id === child })),
    ...schools.map(({ schoolId, schoolName }) => ({ href: to({ school: schoolId, child: undefined }), label: schoolName, current: schoolId === school })),
  ];
  const name = children.find(({ id }) => id === child)?.name ?? schools.find(({ schoolId }) => schoolId === school)?.schoolName;
  return (
    <>
      <PageHeader title={name ? m.ofStudent(name) : m.title} about={view === "week" ? m.weekOf(f.date(first)) : m.fromOn(f.date(first))} />
      {(schedule.maySet || schedule.bookFor) && (
        <p>
          {schedule.maySet && <ButtonLink weight="primary" href="/schedule/new">{m.set}</ButtonLink>}
          {schedule.bookFor && <ButtonLink weight={schedule.maySet ? "quiet" : "primary"} href={`/book?child=${schedule.bookFor}`}>{bookings.title}</ButtonLink>}
          {schedule.teaches && <ButtonLink href="/schedule/availability">{availability.title}</ButtonLink>}
        </p>
      )}
      {whose.length > 1 - (own ? schools.length : 0) && <TabLinks label={m.who} tabs={[...(own ? [{ href: to({ child: undefined, school: undefined }), label: m.all, current: !child && !school }] : []), ...whose]} />}
      <TabLinks label={m.views} tabs={[{ href: to({ view: undefined }), label: m.week, current: view === "week" }, { href: to({ view: "list" }), label: m.list, current: view === "list" }]} />
      <p>
        <ButtonLink href={to({ from: schedule.before })}>{m.before}</ButtonLink>
        <ButtonLink href={to({ from: undefined })}>{m.now}</ButtonLink>
        <ButtonLink href={to({ from: schedule.after })}>{m.after}</ButtonLink>
      </p>
      {lessons.length === 0 ? <EmptyState title={m.none}><p>{m.noneText}</p></EmptyState> : view === "week" ? <LessonWeek first={first} today={schedule.today} lessons={lessons} /> : <LessonRows lessons={lessons} />}
      <Pagination olderHref={nextCursor && to({ after: nextCursor })} />
      <p><a href="/settings/calendar">{calendars.offer}</a></p>
    </>
  );
}
