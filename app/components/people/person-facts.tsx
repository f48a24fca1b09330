import { ButtonLink } from "#app/components/ui/button.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { PersonPage } from "#app/domain/people/person-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What the school knows of somebody, as far as it is shared with it. */
export function PersonFacts({ person, subjects }: Pick<PersonPage, "person" | "subjects">) {
  const { m: { people: m, families }, f } = useLanguage();
  const rows: [string, string | null][] = [
    [m.username, person.username], [m.email, person.email], [m.phone, person.phone], [m.level, person.level && families.level(person.level)], [m.birthDate, person.birthDate && f.date(person.birthDate)], [m.number, person.number], [m.goal, person.goal],
    [m.specialisation, person.specialisation], [m.subjects, subjects.filter(({ id }) => person.subjectIds.includes(id)).map(({ name }) => name).join(", ")],
  ];
  return (
    <>
      {!person.active && <Notice tone="refused" title={m.inactive} />}
      <SummaryList rows={rows.flatMap(([term, value]) => (value ? [{ term, value }] : []))} />
      {person.notShared.length > 0 && person.active && <p className="hint">{m.notShared}: {person.notShared.map((dataType) => m.kinds_of_data[dataType]).join("; ")}.</p>}
    </>
  );
}

/** Who looks after a student, or whom an adult looks after, as far as they are of the school. */
export function Circle({ person, guardians, wards }: Pick<PersonPage, "person" | "guardians" | "wards">) {
  const { m: { people: m, families } } = useLanguage();
  const isParent = person.roles.some(({ role }) => role === "parent");
  if (person.kind === "child" ? person.notShared.includes("contact") : !isParent && wards.length === 0) return null;
  return (
    <section>
      <h2>{person.kind === "child" ? m.guardians : m.wards}</h2>
      {guardians.length + wards.length === 0 ? <p>{m.noneYet}</p> : (
        <ul className="rows">
          {guardians.map(({ userId, name, here, relationship, isPrimary }) => (
            <li key={userId}><p>{here ? <a href={`/admin/people/${userId}`}>{name}</a> : name} <span className="hint">{families.relationships[relationship]}</span> {isPrimary && <Tag>{m.primary}</Tag>}</p></li>
          ))}
          {wards.map(({ userId, name, isPrimary }) => <li key={userId}><p><a href={`/admin/people/${userId}`}>{name}</a> {isPrimary && <Tag>{m.primary}</Tag>}</p></li>)}
        </ul>
      )}
      {isParent && person.active && <p><ButtonLink href={`/admin/people?role=student&assign=${person.userId}`}>{m.assignTo(person.name)}</ButtonLink></p>}
    </section>
  );
}

export function EnrolmentsOf({ enrolments, studentId: own }: Pick<PersonPage, "enrolments"> & { studentId: string }) {
  const { m: { people: m } } = useLanguage();
  if (enrolments.length === 0) return null;
  return (
    <section>
      <h2>{m.enrolments}</h2>
      <DataTable titled caption={m.enrolments} rows={enrolments} rowKey={({ id }) => id} columns={[
        { heading: m.subject, cell: ({ subject }) => subject },
        ...(enrolments.every(({ studentId }) => studentId === own) ? [] : [{ heading: m.student, cell: ({ studentId, student }: PersonPage["enrolments"][number]) => <a href={`/admin/people/${studentId}`}>{student}</a> }]),
        { heading: m.teacher, cell: ({ teacher }) => teacher },
        { heading: m.tutor, cell: ({ tutor }) => tutor ?? "" },
      ]} />
    </section>
  );
}
