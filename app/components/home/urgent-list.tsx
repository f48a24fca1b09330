import type { Urgent } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { LinkList, type LinkRow } from "#app/components/ui/link-list.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const SHOWN = 4;

/** What needs somebody soon, the most pressing first. */
export function UrgentList({ urgent }: { urgent: Urgent[] }) {
  const { m: { home: m }, f } = useLanguage();
  const row = (item: Urgent): LinkRow => {
    if (item.kind === "booking") return { key: item.booking.id, href: `/schedule/${item.booking.lessonId}`, title: m.urgentBooking(item.child, item.booking.subject, item.booking.kind), hint: f.dateTime(item.booking.startsAt) };
    if (item.kind === "task") return { key: `${item.task.id} ${item.task.studentId}`, href: `/assignments/${item.task.id}?child=${item.task.studentId}`, title: m.urgentTask(item.child, item.task.title), hint: m.dueBy(f.until(item.by)) };
    if (item.kind === "consents") return { key: `consents ${item.childId}`, href: `/settings/consent?child=${item.childId}`, title: m.urgentConsents(item.child, item.count), hint: m.answerBy(f.until(item.by)) };
    return { key: `quiet ${item.childId}`, href: `/children/${item.childId}/activity`, title: m.urgentQuiet(item.child, item.days) };
  };
  const rest = urgent.slice(SHOWN);
  return (
    <Notice tone="waiting" title={m.urgentTitle}>
      <LinkList rows={urgent.slice(0, SHOWN).map(row)} />
      {rest.length > 0 && <details><summary>{m.moreUrgent(rest.length)}</summary><LinkList rows={rest.map(row)} /></details>}
    </Notice>
  );
}
