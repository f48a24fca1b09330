import { WeekGrid, type WeekBlock } from "#app/components/charts/week-grid.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import type { Tone } from "#app/components/ui/notice.tsx";
import type { LessonBrief } from "#app/domain/lessons/schedule-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const DAY = 24 * 60;
const TONES: Record<LessonBrief["status"], Tone> = { asked: "waiting", scheduled: "info", denied: "refused", expired: "refused", cancelled: "refused" };

/** A week of lessons. What goes on past midnight stands on both days. */
export function LessonWeek({ first, today, lessons }: { first: string; today: string; lessons: LessonBrief[] }) {
  const { m: { lessons: m }, f } = useLanguage();
  const days = m.weekdays.map((weekday, index) => {
    const date = dateAfter(first, index);
    return { label: `${weekday.slice(0, 3)} ${Number(date.slice(8))}`, long: date === today ? m.today(`${weekday} ${f.shortDate(date)}`) : `${weekday} ${f.shortDate(date)}`, today: date === today };
  });
  const blocks = lessons.flatMap((lesson): WeekBlock[] => {
    const { fromMinute, minutes, day } = lesson;
    const block = { title: lesson.subject, time: `${lesson.from} – ${lesson.to}`, about: aboutOf(lesson, m), href: `/schedule/${lesson.id}`, tone: TONES[lesson.status] };
    const end = fromMinute + minutes;
    const next = end > DAY && day < 6 ? [{ ...block, id: `${lesson.id}-2`, day: day + 1, from: 0, to: end - DAY }] : [];
    return [{ ...block, id: lesson.id, day, from: fromMinute, to: Math.min(end, DAY) }, ...next];
  });
  return <WeekGrid caption={m.weekOf(f.date(first))} days={days} blocks={blocks} empty={m.freeDay} />;
}

/** Lessons one after the other, each leading to itself. */
export function LessonRows({ lessons }: { lessons: LessonBrief[] }) {
  const { m: { lessons: m }, f } = useLanguage();
  return (
    <LinkList rows={lessons.map((lesson) => ({
      key: lesson.id, href: `/schedule/${lesson.id}`, title: `${f.dateTime(lesson.startsAt)} – ${lesson.to}`, hint: [lesson.subject, whoseOf(lesson, m), lesson.place].filter(Boolean).join(", "),
      tag: lesson.status === "scheduled" ? undefined : <Tag tone={TONES[lesson.status]}>{m.statuses[lesson.status]}</Tag>,
    }))} />
  );
}

type Words = { inZone: (time: string, zone: string) => string; statuses: Record<string, string> };
const whoseOf = ({ other, elsewhere }: LessonBrief, m: Words) => [other, elsewhere && m.inZone(elsewhere.time, elsewhere.zone)].filter(Boolean).join(", ");
const aboutOf = (lesson: LessonBrief, m: Words) => [whoseOf(lesson, m), lesson.status === "scheduled" ? "" : m.statuses[lesson.status]].filter(Boolean).join(", ");

const dateAfter = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
