import type { LessonBrief } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Lessons ahead, each leading to itself; `with` says whose name the reader needs. */
export function LessonList({ lessons, other }: { lessons: LessonBrief[]; other: "student" | "teacher" }) {
  const { m: { home: m }, f } = useLanguage();
  return (
    <LinkList rows={lessons.map((lesson) => ({
      key: lesson.id, href: `/schedule/${lesson.id}`, title: m.lessonWith(lesson.subject, lesson[other]), hint: f.dateTime(lesson.startsAt), tag: lesson.status === "asked" ? <Tag tone="waiting">{m.asked}</Tag> : undefined,
    }))} />
  );
}
