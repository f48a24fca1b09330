import { CheckField, SelectField } from "#app/components/ui/field.tsx";
import type { AudienceChoice, AudienceNow } from "#app/domain/learning/audience-choice.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** For whom something is: everybody in a subject, a class, or students one by one. */
export function AudienceFields({ choice, now, refusal }: { choice: AudienceChoice; now?: Pick<AudienceNow, "to" | "named">; refusal: Refusal | undefined }) {
  const { m: { learningWork: m } } = useLanguage();
  const named = refusal?.fields.some(({ path }) => path === "studentIds");
  const options = [
    ...choice.subjects.map(({ id, name }) => ({ value: `subject:${id}`, label: m.toSubject(name) })),
    ...choice.classes.map(({ id, name, subjectId, subject }) => ({ value: `class:${subjectId}:${id}`, label: m.toClass(name, subject) })),
    ...choice.subjects.map(({ id, name }) => ({ value: `students:${id}`, label: m.toStudents(name) })),
  ];
  // Who was reached may have left since: then what it says is no choice any more, and stays unless another is made.
  if (now && !options.some(({ value }) => value === now.to)) options.unshift({ value: now.to, label: m.toAsNow });
  return (
    <>
      <SelectField name="to" label={m.to} hint={m.toHint} refusal={refusal} options={options} defaultValue={now?.to} />
      <details open={named || now?.to.startsWith("students:")}>
        <summary>{m.someStudents}</summary>
        <div id="studentIds" tabIndex={-1}>{choice.students.map(({ id, name, subjects }) => <CheckField key={id} name={`student.${id}`} label={name} hint={subjects} checked={now?.named.includes(id) ?? false} refusal={refusal} />)}</div>
      </details>
    </>
  );
}
