import type { StudentPage } from "#app/domain/students/student-page.server.ts";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function EnrolmentSection({ enrolments }: { enrolments: StudentPage["enrolments"] }) {
  const { m: { students: m } } = useLanguage();
  if (enrolments.length === 0) return <p>{m.noEnrolments}</p>;
  return (
    <DataTable titled caption={m.enrolments} rows={enrolments} rowKey={(row) => row.id} columns={[
      { heading: m.subject, cell: (row) => row.subject }, { heading: m.class, cell: (row) => row.class }, { heading: m.teacher, cell: (row) => row.teacher }, { heading: m.tutor, cell: (row) => row.tutor },
    ]} />
  );
}

export function ProfileSection({ profile }: { profile: NonNullable<StudentPage["profile"]> }) {
  const { m: { families, students: m }, f } = useLanguage();
  return <SummaryList rows={[{ term: m.birthDate, value: profile.birthDate ? f.date(profile.birthDate) : families.notSet }, { term: m.number, value: profile.numbers.join(", ") || families.notSet }, { term: m.goal, value: profile.goals.join("; ") || families.notSet }]} />;
}

export function ContactSection({ contact }: { contact: NonNullable<StudentPage["contact"]> }) {
  const { m: { families, students: m } } = useLanguage();
  const phone = (number: string | null) => number && <a href={`tel:${number}`}>{number}</a>;
  const kin = [...contact.guardians.map((one, at) => ({ key: `g${at}`, name: one.name, what: families.relationships[one.relationship], phone: one.phone, email: one.email })),
    ...contact.contacts.map((one) => ({ key: one.id, name: one.name, what: [one.relationship, one.isEmergency && m.emergency, one.mayPickUp && m.pickUp].filter(Boolean).join(", "), phone: one.phone, email: null }))];
  return (
    <>
      <SummaryList rows={[{ term: families.address, value: contact.addresses.join("; ") || families.notSet }, { term: m.phone, value: phone(contact.phone) ?? families.notSet }]} />
      {kin.length > 0 && <ul className="rows">{kin.map((one) => <li key={one.key}><strong>{one.name}</strong> <span className="hint">{one.what}</span><p>{phone(one.phone)}{one.email && <a href={`mailto:${one.email}`}>{one.email}</a>}</p></li>)}</ul>}
    </>
  );
}

/** Said where a section would stand that the family keeps to itself. */
export function NotShared({ name }: { name: string }) {
  const { m: { consent, students: m } } = useLanguage();
  return <EmptyState title={consent.notShared}><p>{m.notSharedText(name)}</p></EmptyState>;
}
