import { DataTable } from "#app/components/ui/data-table.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { EnrolmentOnList } from "#app/domain/schools/teaching/enrolments-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Who learns what with whom. A teacher who has left stands there as one who must be replaced. */
export function EnrolmentTable({ items, classHref, endHref }: { items: EnrolmentOnList[]; classHref: (id: string) => string; endHref: (id: string) => string }) {
  const { m: { teaching: m } } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.none}><p>{m.noneText}</p></EmptyState>;
  return (
    <DataTable titled caption={m.title} rows={items} rowKey={(row) => row.id} columns={[
      { heading: m.student, cell: (row) => <a href={`/admin/people/${row.studentId}`}>{row.studentName}</a> },
      { heading: m.subject, cell: (row) => (row.customName ? `${row.customName} (${row.subjectName})` : row.subjectName) },
      { heading: m.teacher, cell: (row) => (row.teacherHere ? row.teacherName : <Tag tone="refused">{m.hasLeft(row.teacherName)}</Tag>) },
      { heading: m.tutor, cell: (row) => row.tutorName && (row.tutorHere ? row.tutorName : <Tag tone="waiting">{m.tutorHasLeft(row.tutorName)}</Tag>) },
      { heading: m.class, cell: (row) => row.classId && <a href={classHref(row.classId)}>{row.className}</a> },
      { heading: m.enrolment, cell: (row) => <a href={endHref(row.id)}>{m.end}<span className="for-readers"> {row.studentName}, {row.subjectName}</span></a> },
    ]} />
  );
}
