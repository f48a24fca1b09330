import type { Written } from "#app/domain/learning/read-written.server.ts";
import type { WrittenKind } from "#app/domain/learning/written-inputs.ts";
import { placeOf } from "#app/domain/learning/written-kinds.ts";
import type { StudentPage } from "#app/domain/students/student-page.server.ts";
import { NotShared } from "#app/components/students/student-sections.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { AttendanceList } from "./attendance-list.tsx";
import { RecordList } from "./record-list.tsx";

/** How a student does, as far as the reader may see it: the latest of each, with the way to all and to a new one. */
export function ProgressSections({ student }: { student: Pick<StudentPage, "id" | "name" | "progress" | "assessments" | "attendance" | "teaches"> }) {
  const { m: { consent, learning: m } } = useLanguage();
  const { id, name, progress, assessments, attendance, teaches } = student;
  const latest = (kind: WrittenKind, items: Written[]) => (
    <>
      <RecordList kind={kind} items={items} staff />
      <p className="links"><a href={`/students/${id}/${placeOf[kind]}`}>{m.all[kind]}</a>{teaches && <a href={`/students/${id}/${placeOf[kind]}?add`}>{m.add[kind]}</a>}</p>
    </>
  );
  return (
    <>
      <h2>{consent.dataTypes.progress}</h2>
      {progress ? (
        <>
          <p><a href={`/children/${id}/learning`}>{m.titleOf({ name, isSelf: false })}</a></p>
          <h3>{m.observations}</h3>
          {latest("observation", progress.observations)}
          <h3>{m.notes}</h3>
          {latest("note", progress.notes)}
        </>
      ) : <NotShared name={name} />}
      <h2>{consent.dataTypes.assessments}</h2>
      {assessments ? latest("assessment", assessments) : <NotShared name={name} />}
      <h2>{consent.dataTypes.attendance}</h2>
      {attendance ? <><AttendanceList items={attendance} /><p><a href={`/students/${id}/attendance`}>{m.all.attendance}</a></p></> : <NotShared name={name} />}
    </>
  );
}
