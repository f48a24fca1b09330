import { useLoaderData } from "@remix-run/react";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { placeOf } from "#app/domain/learning/written-kinds.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import type { WrittenItemPage, WrittenListPage } from "#app/http/written-pages.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { WrittenForm } from "./written-form.tsx";
import { RecordList } from "./record-list.tsx";

/** All of one kind of one student, and the form for a new one where the reader teaches them. */
export function WrittenListBody() {
  const { m: { learning: m } } = useLanguage();
  const { title, kind, student, items, nextCursor, taught, today, repeat, adding, done, atHome } = useLoaderData<WrittenListPage>();
  const refusal = useRefusal();
  const said = m.done[done ?? ""];
  return (
    <>
      <PageHeader title={title} back={{ href: atHome ? `/children/${student.id}/learning` : `/students/${student.id}`, label: atHome ? m.title : student.name }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      {taught.length > 0 && <details open={adding || refusal !== undefined}><summary>{m.add[kind]}</summary><WrittenForm kind={kind} subjects={taught} today={today} repeat={repeat} refusal={refusal} /></details>}
      <RecordList kind={kind} items={items} staff={!atHome} />
      <Pagination olderHref={nextCursor && `/students/${student.id}/${placeOf[kind]}?cursor=${nextCursor}`} />
    </>
  );
}

/** One of them, whole; for its author with the forms to change it and to take it back. */
export function WrittenItemBody() {
  const { m: { learning: m }, f } = useLanguage();
  const { title, kind, written, today, removing, done } = useLoaderData<WrittenItemPage>();
  const refusal = useRefusal();
  const here = `/${placeOf[kind]}/${written.id}`;
  const said = m.done[done ?? ""];
  return (
    <>
      <PageHeader title={title} about={written.student} back={{ href: `/students/${written.studentId}/${placeOf[kind]}`, label: m.titles[kind](written.student) }} />
      {said && !refusal && <Notice tone="done" title={said} />}
      <RefusalSummary refusal={refusal} />
      {removing && written.mine && <Confirm title={m.removeQuestion} consequence={m.removeConsequence} act="remove" fields={{}} label={m.remove} back={{ href: here, label: m.keep }} />}
      {written.text && <p className="prewrapped">{written.text}</p>}
      <SummaryList rows={[
        ...(written.level ? [{ term: m.level, value: m.levels[written.level] }] : []), ...(written.form ? [{ term: m.form, value: m.forms[written.form] }] : []), ...(written.subject ? [{ term: m.subject, value: written.subject }] : []),
        ...written.competencies.map((shown) => ({ term: m.competencies[shown.competency], value: m.levels[shown.level] })),
        { term: m.writtenBy, value: [m.byOn(written.author, f.date(written.on)), written.changedAt !== null && m.changed].filter(Boolean).join(", ") }, { term: m.visibility, value: m.visibilities[written.visibility] },
      ]} />
      {written.mine && !removing && (
        <>
          <details open={refusal !== undefined}><summary>{m.change}</summary><WrittenForm kind={kind} subjects={written.taught} today={today} refusal={refusal} written={written} /></details>
          <p><a href={`${here}?remove`}>{m.remove}</a></p>
        </>
      )}
    </>
  );
}
