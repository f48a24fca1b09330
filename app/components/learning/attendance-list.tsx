import type { AttendanceRow } from "#app/domain/learning/list-attendance.server.ts";
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
    <ul className="rows">{items.map((row) => (
      <li key={row.id}>
        <p className="lead">{row.lessonId ? <a href={`/schedule/${row.lessonId}`}>{row.of}</a> : <span>{row.of}</span>}<Tag tone={TONES[row.status]}>{row.minutesLate === null ? m.statuses[row.status] : m.lateBy(row.minutesLate)}</Tag></p>
        <p className="hint">{[f.date(row.onDate), row.note].filter(Boolean).join(": ")}</p>
      </li>
    ))}</ul>
  );
}
