import type { TutorDashboard as Facts } from "#app/domain/dashboards/teacher-dashboard.server.ts";
import { Avatar } from "#app/components/ui/avatar.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { LessonList } from "./lesson-list.tsx";

/** My students, how each goes where the family shares it, and when they have lessons. */
export function TutorHome({ unread, students, count, lessons }: Facts & { unread: number }) {
  const { m: { families, students: words, home: m }, f } = useLanguage();
  if (students.length === 0) return <EmptyState title={words.noneTitle}><p>{m.noTutored}</p></EmptyState>;
  return (
    <>
      {unread > 0 && <LinkList rows={[{ key: "unread", href: "/messages", title: m.unread(unread) }]} />}
      <h2>{words.title}</h2>
      <LinkList rows={students.map((student) => ({
        key: student.id, href: `/students/${student.id}`, title: student.name, before: <Avatar name={student.name} picture={student.picture} />,
        hint: [families.level(student.level), ...student.subjects, student.lastOn === null ? m.quietWeek : m.learned(m.timeSpent(student.minutes ?? 0), f.shortDate(student.lastOn))].filter(Boolean).join(", "),
      }))} />
      {count > students.length && <p><a href="/students">{words.seeAll(count)}</a></p>}
      <h2>{m.theirLessons}</h2>
      {lessons.length === 0 ? <p>{m.noLessons}</p> : <LessonList lessons={lessons} other="student" />}
    </>
  );
}
