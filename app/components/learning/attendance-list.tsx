import type { AttendanceRow } from "#app/domain/learning/list-attendance.server.ts";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { Tone } from "#app/components/ui/notice.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONES: Record<AttendanceRow["status"], Tone> = { present: "done", late: "waiting", absent: "refused", excused: "info" };

/** Days and lessons, the latest first. A lesson leads to itself. */
export function AttendanceList({ items }: { items: AttendanceRow[] }) {
  const { m: { learning: m }, f } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.none.attendance}><p>{m.noneText.attendance}</p></EmptyState>;
  return (
    <DataTable titled caption={m.attendance} rows={items} rowKey={(row) => row.id} columns={[
      { heading: m.day, cell: (row) => f.date(row.onDate) },
      { heading: m.where, cell: (row) => (row.lessonId ? <a href={`/schedule/${row.lessonId}`}>{row.of}</a> : row.of) },
      { heading: m.attendance, cell: (row) => <Tag tone={TONES[row.status]}>{row.minutesLate === null ? m.statuses[row.status] : m.lateBy(row.minutesLate)}</Tag> },
      { heading: m.remark, cell: (row) => row.note },
    ]} />
  );
}
