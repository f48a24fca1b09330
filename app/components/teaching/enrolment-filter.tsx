import { Button } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Named = { id: string; name: string };
export const options = (rows: Named[], first?: string) => [...(first === undefined ? [] : [{ value: "", label: first }]), ...rows.map(({ id, name }) => ({ value: id, label: name }))];

/** Which enrolments are shown: by class, by subject, or of students whose name begins so. */
export function EnrolmentFilter({ subjects, classes, asked }: { subjects: Named[]; classes: Named[]; asked: { classId?: string; subjectId?: string; q?: string } }) {
  const { m: { teaching: m } } = useLanguage();
  return (
    <form method="get" action="/admin/enrolments" role="search" className="card">
      <SelectField name="classId" label={m.class} options={options(classes, m.all)} defaultValue={asked.classId} />
      <SelectField name="subjectId" label={m.subject} options={options(subjects, m.all)} defaultValue={asked.subjectId} />
      <Field name="q" type="search" label={m.studentBegins} defaultValue={asked.q} autoComplete="off" />
      <Button weight="quiet">{m.filter}</Button>
    </form>
  );
}
