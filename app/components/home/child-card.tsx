import type { ChildCard as Facts } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { BudgetStanding } from "#app/components/budgets/standing.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A child at a glance: whether something waits, today, and what is left this week. */
export function ChildCard({ child }: { child: Facts }) {
  const { m: { home: m }, f } = useLanguage();
  const { id, name, standing, lessons, attendance, mood, sees } = child;
  return (
    <Card title={name} href={`/children/${id}`} tag={<ChildTag of={child} />}>
      {attendance && <p>{m.attendance[attendance]}</p>}
      {lessons.map((lesson) => <p key={lesson.id}><a href={`/schedule/${lesson.id}`}>{lesson.subject}</a>, {f.dateTime(lesson.startsAt)}</p>)}
      {sees.lessons && lessons.length === 0 && <p className="hint">{m.noLessons}</p>}
      {sees.mood && <p><a href={`/children/${id}/mood`}>{mood ? m.feels(m.moods[mood] ?? mood) : m.askMood}<span className="for-readers">{`: ${name}`}</span></a></p>}
      {standing && <BudgetStanding of={standing.week} currency={standing.currency} />}
    </Card>
  );
}

/** The one thing about the child that comes first. */
function ChildTag({ of: { waiting, tasks, attendance, standing } }: { of: Facts }) {
  const { m: { home: m } } = useLanguage();
  if (waiting > 0) return <Tag tone="waiting">{m.waits(waiting)}</Tag>;
  if (attendance === "absent") return <Tag tone="refused">{m.absent}</Tag>;
  if (tasks > 0) return <Tag tone="waiting">{m.due(tasks)}</Tag>;
  if (standing && (standing.week.over > 0 || standing.month.over > 0)) return <Tag tone="refused">{m.overLimit}</Tag>;
  if (standing && (standing.week.left === 0 || standing.month.left === 0)) return <Tag>{m.limitReached}</Tag>;
  return <Tag tone="done">{m.allWell}</Tag>;
}
