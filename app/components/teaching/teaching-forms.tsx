import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { CheckField, Field, SelectField } from "#app/components/ui/field.tsx";
import { LEVELS } from "#app/domain/families/levels.ts";
import type { loadEnrolmentForm } from "#app/domain/schools/teaching/enrolments-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";
import { options } from "./enrolment-filter.tsx";

type Offered = Awaited<ReturnType<typeof loadEnrolmentForm>>;
type Props = { offered: Offered; refusal: Refusal | undefined };
const useLevels = () => {
  const { m: { teaching: m, families } } = useLanguage();
  return [{ value: "", label: m.anyLevel }, ...LEVELS.map((value) => ({ value, label: families.level(value) }))];
};

export function SubjectForm({ refusal }: Omit<Props, "offered">) {
  const { m: { teaching: m } } = useLanguage();
  return (
    <form method="post" className="card">
      <h2>{m.addSubject}</h2>
      <Field name="name" label={m.name} refusal={refusal} autoComplete="off" required />
      <Field name="code" label={m.code} refusal={refusal} autoComplete="off" />
      <Button>{m.addSubject}</Button>
      <ButtonLink href="/admin/enrolments">{m.keep}</ButtonLink>
    </form>
  );
}

export function ClassForm({ offered, refusal }: Props) {
  const { m: { teaching: m } } = useLanguage();
  return (
    <form method="post" className="card">
      <h2>{m.addClass}</h2>
      <Field name="name" label={m.name} refusal={refusal} autoComplete="off" required />
      <SelectField name="level" label={m.level} refusal={refusal} options={useLevels()} />
      <SelectField name="subjectId" label={m.subject} refusal={refusal} options={options(offered.subjects, m.noSubject)} />
      <SelectField name="teacherId" label={m.teacher} refusal={refusal} options={options(offered.teachers, m.noTeacher)} />
      <Button>{m.addClass}</Button>
      <ButtonLink href="/admin/enrolments">{m.keep}</ButtonLink>
    </form>
  );
}

/** First whom, by level or name; then what they learn, all at once. */
export function EnrolForm({ offered, refusal, whom }: Props & { whom: { level?: string; q?: string } }) {
  const { m: { teaching: m } } = useLanguage();
  const say = useProblems();
  const problem = refusal?.fields.find(({ path }) => path === "studentIds");
  return (
    <>
      <form method="get" action="/admin/enrolments" role="search" className="card">
        <input type="hidden" name="add" value="enrolment" />
        <SelectField name="level" label={m.level} options={useLevels()} defaultValue={whom.level} />
        <Field name="q" type="search" label={m.studentBegins} defaultValue={whom.q} autoComplete="off" />
        <Button weight="quiet">{m.find}</Button>
      </form>
      <form method="post" className="card">
        <h2>{m.enrol}</h2>
        <fieldset className="field" id="studentIds" data-wrong={problem ? true : undefined}>
          <legend>{m.students}</legend>
          {problem && <p className="problem">{say(problem.message)}</p>}
          <p className="hint">{offered.students.length === 0 ? m.noStudents : m.studentsHint}</p>
          {offered.students.map(({ id, name }) => <CheckField key={id} name={`student.${id}`} label={name} refusal={refusal} />)}
          {offered.moreStudents && <p className="hint">{m.moreStudents}</p>}
        </fieldset>
        <SelectField name="classId" label={m.class} refusal={refusal} options={options(offered.classes, m.noClass)} />
        <SelectField name="subjectId" label={m.subject} refusal={refusal} options={options(offered.subjects, m.asTheClass)} />
        <SelectField name="teacherId" label={m.teacher} refusal={refusal} options={options(offered.teachers, m.asTheClass)} />
        <SelectField name="tutorId" label={m.tutor} refusal={refusal} options={options(offered.tutors, m.noTutor)} />
        <Field name="customName" label={m.customName} hint={m.customNameHint} refusal={refusal} autoComplete="off" />
        <Button>{m.enrol}</Button>
        {offered.tutors.length > 0 && <Button weight="quiet" name="act" value="tutor">{m.assignTutor}</Button>}
        <ButtonLink href="/admin/enrolments">{m.keep}</ButtonLink>
      </form>
    </>
  );
}
