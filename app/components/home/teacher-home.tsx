import type { TeacherHome as Facts } from "#app/domain/students/teacher-home.server.ts";
import { PupilList } from "#app/components/students/pupil-list.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Whom I teach, and in which classes. */
export function TeacherHome({ schools, teaches, pupils, count, classes }: Facts) {
  const { m: { families, students: m } } = useLanguage();
  if (!teaches) return <EmptyState title={schools.join(", ")}><p>{m.staffText}</p></EmptyState>;
  return (
    <>
      <h2>{m.title}</h2>
      {pupils.length > 0 ? <PupilList pupils={pupils} /> : <EmptyState title={m.noneTitle}><p>{m.noneText}</p></EmptyState>}
      {count > pupils.length && <p><a href="/students">{m.seeAll(count)}</a></p>}
      {classes.length > 0 && <><h2>{m.classes}</h2><Cards>{classes.map((one) => <Card key={one.id} title={one.name} href={`/classes/${one.id}/code`}><p className="hint">{[families.level(one.level), one.subject].filter(Boolean).join(", ")}</p></Card>)}</Cards></>}
    </>
  );
}
