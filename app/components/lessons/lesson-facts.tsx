import { Notice } from "#app/components/ui/notice.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { LessonPageFacts } from "#app/domain/lessons/lesson-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** When, where, with whom, and what is to be known about it. */
export function LessonFacts({ lesson }: { lesson: LessonPageFacts }) {
  const { m: { lessons: m }, f } = useLanguage();
  const { startsAt, until, elsewhere, minutes, topic, place, link, status, moveTo } = lesson;
  const state = [m.statuses[status], lesson.cancelledAs && m.cancelledBy(lesson.cancelledAs)].filter(Boolean).join(". ");
  return (
    <>
      {moveTo !== null && <Notice tone="waiting" title={m.moveWaits(f.dateTime(moveTo))} />}
      <SummaryList rows={[
        { term: m.when, value: `${f.dateTime(startsAt)} – ${until}` },
        ...(elsewhere ? [{ term: m.zone, value: m.inZone(elsewhere.time, elsewhere.zone) }] : []),
        { term: m.length, value: m.minutes(minutes) },
        { term: m.student, value: lesson.student }, { term: m.teacher, value: lesson.teacher },
        ...(topic ? [{ term: m.topic, value: topic }] : []), ...(place ? [{ term: m.place, value: place }] : []), ...(link ? [{ term: m.link, value: <a href={link} rel="noreferrer">{link}</a> }] : []),
        { term: m.hoursTerm, value: (lesson.hours && m.hours[lesson.hours]) || (lesson.usesHours ? m.usesHours : m.usesNone) },
        ...(lesson.inSeries ? [{ term: m.series, value: m.repeats }] : []),
        ...(status === "scheduled" ? [] : [{ term: m.status, value: state }]), ...(lesson.cancelReason ? [{ term: m.reason, value: lesson.cancelReason }] : []),
      ]} />
    </>
  );
}
