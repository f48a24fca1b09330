import type { TeacherDashboard as Facts } from "#app/domain/dashboards/teacher-dashboard.server.ts";
import { PupilList } from "#app/components/students/pupil-list.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { LessonList } from "./lesson-list.tsx";

/** What waits for my feedback, when I teach, what, and whom. */
export function TeacherHome({ unread, pupils, count, classes, subjects, lessons, reviews, reviewsWaiting }: Facts & { unread: number }) {
  const { m: { students, home: m }, f } = useLanguage();
  return (
    <>
      {unread > 0 && <LinkList rows={[{ key: "unread", href: "/messages", title: m.unread(unread) }]} />}
      <h2>{m.toReview}</h2>
      {reviews.length === 0 ? <p>{m.nothingToReview}</p>
        : <LinkList rows={reviews.map((one) => ({ key: one.id, href: `/submissions/${one.id}`, title: `${one.student}: ${one.title}`, hint: f.dateTime(one.submittedAt), tag: one.late ? <Tag tone="waiting">{m.late}</Tag> : undefined }))} />}
      {reviewsWaiting > reviews.length && <p><a href="/assignments?show=waiting">{m.allReviews(reviewsWaiting)}</a></p>}
      <h2>{m.nextLessons}</h2>
      {lessons.length === 0 ? <p>{m.noLessonsOwn}</p> : <LessonList lessons={lessons} other="student" />}
      <p><ButtonLink href="/schedule/new">{m.newLesson}</ButtonLink> <ButtonLink href="/assignments/new">{m.newAssignment}</ButtonLink></p>
      {classes.length > 0 && <><h2>{students.classes}</h2><Cards>{classes.map((one) => (
        <Card key={one.id} title={one.name}>
          {one.subject && <p className="hint">{one.subject}</p>}
          <p className="links">
            <a href={`/classes/${one.id}/attendance`}>{m.takeAttendance}<span className="for-readers">{`: ${one.name}`}</span></a>
            <a href={`/classes/${one.id}/code`}>{m.classCode}<span className="for-readers">{`: ${one.name}`}</span></a>
          </p>
        </Card>
      ))}</Cards></>}
      {subjects.length > 0 && <><h2>{m.subjects}</h2><LinkList rows={subjects.map((subject) => ({ key: subject.id, href: `/assignments?subject=${subject.id}`, title: subject.name, hint: m.taughtTo(subject.students) }))} /></>}
      <h2>{students.title}</h2>
      {pupils.length > 0 ? <PupilList pupils={pupils} /> : <EmptyState title={students.noneTitle}><p>{students.noneText}</p></EmptyState>}
      {count > pupils.length && <p><a href="/students">{students.seeAll(count)}</a></p>}
    </>
  );
}
