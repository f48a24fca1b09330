import { CheckField, Field, SelectField } from "#app/components/ui/field.tsx";
import { LEVELS } from "#app/domain/families/levels.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Options = { id: string; name: string }[];
type Asked = { refusal: Refusal | undefined };
const toOptions = (people: Options) => people.map(({ id, name }) => ({ value: id, label: name }));
/** How many guardians the form has room for; more come later. */
const GUARDIANS = [0, 1];

export function StudentFields({ tutors, refusal }: Asked & { tutors: Options }) {
  const { m: { people: m, families } } = useLanguage();
  return (
    <>
      <SelectField name="level" label={m.level} refusal={refusal} options={[{ value: "", label: families.notSet }, ...LEVELS.map((level) => ({ value: level, label: families.level(level) }))]} />
      <Field name="birthDate" label={m.birthDate} hint={m.birthDateHint} refusal={refusal} autoComplete="off" />
      <Field name="number" label={m.number} refusal={refusal} autoComplete="off" />
      <Field name="goal" label={m.goal} refusal={refusal} autoComplete="off" />
      {tutors.length > 0 && <SelectField name="tutorId" label={m.tutor} refusal={refusal} options={[{ value: "", label: m.none }, ...toOptions(tutors)]} />}
      {GUARDIANS.map((at) => (
        <fieldset key={at}>
          <legend>{m.guardianNumber(at + 1)}</legend>
          <Field name={`guardians.${at}.email`} label={m.email} hint={m.guardianHint} type="email" refusal={refusal} autoComplete="off" />
          <Field name={`guardians.${at}.name`} label={m.name} refusal={refusal} autoComplete="off" />
          <SelectField name={`guardians.${at}.relationship`} label={m.relationship} refusal={refusal} defaultValue="parent" options={Object.entries(families.relationships).map(([value, label]) => ({ value, label }))} />
        </fieldset>
      ))}
    </>
  );
}

export function StaffFields({ subjects, refusal }: Asked & { subjects: Options }) {
  const { m: { people: m } } = useLanguage();
  const roles = (["teacher", "tutor", "school_staff", "school_admin"] as const).map((role) => ({ value: role, label: m.roles[role] }));
  return (
    <>
      <SelectField name="role" label={m.role} refusal={refusal} options={roles} />
      <Field name="phone" label={m.phone} type="tel" refusal={refusal} autoComplete="off" />
      <Field name="specialisation" label={m.specialisation} refusal={refusal} autoComplete="off" />
      <SubjectChoices subjects={subjects} chosen={[]} refusal={refusal} />
    </>
  );
}

export function SubjectChoices({ subjects, chosen, refusal }: Asked & { subjects: Options; chosen: string[] }) {
  const { m: { people: m } } = useLanguage();
  return (
    <fieldset className="field" id="subjectIds">
      <legend>{m.subjects}</legend>
      {subjects.length === 0 && <p className="hint">{m.noSubjects}</p>}
      {subjects.map(({ id, name }) => <CheckField key={id} name={`subject.${id}`} label={name} checked={chosen.includes(id)} refusal={refusal} />)}
    </fieldset>
  );
}
