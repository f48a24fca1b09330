import type { Written } from "#app/domain/learning/read-written.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { COMPETENCIES, LEVELS } from "#app/domain/learning/competencies.ts";
import { ASSESSMENT_KINDS, MOST_COMPETENCIES, VISIBILITIES, type WrittenKind } from "#app/domain/learning/written-inputs.ts";
import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Given = { kind: WrittenKind; subjects: { id: string; name: string }[]; today: string; refusal: Refusal | undefined } & ({ repeat: string; written?: undefined } | { written: Written; repeat?: undefined });

/** What a teacher writes of a student, new or anew. */
export function WrittenForm({ kind, subjects, today, refusal, repeat, written }: Given) {
  const { m: { learning: m } } = useLanguage();
  // What was chosen then can stay, whoever teaches it now.
  const offered = written?.subjectId && !subjects.some(({ id }) => id === written.subjectId) ? [...subjects, { id: written.subjectId, name: written.subject ?? "" }] : subjects;
  const subjectOptions = [...(kind === "observation" ? [{ value: "", label: m.noSubject }] : []), ...offered.map(({ id, name }) => ({ value: id, label: name }))];
  const text = <TextField name={kind === "assessment" ? "comment" : "text"} label={m.text[kind]} hint={kind === "observation" ? m.textHint : undefined} refusal={refusal} defaultValue={written?.text} maxLength={2000} required={kind !== "assessment"} />;
  return (
    <form method="post">
      {repeat && <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />}
      {kind === "assessment" && <Field name="title" label={m.what} refusal={refusal} defaultValue={written?.title ?? undefined} maxLength={120} required autoComplete="off" />}
      {kind !== "assessment" && text}
      {kind !== "note" && (
        <>
          <SelectField name="subjectId" label={m.subject} refusal={refusal} defaultValue={written?.subjectId ?? undefined} options={subjectOptions} />
          <Field name="on" label={m.date[kind]} type="date" refusal={refusal} defaultValue={written?.on ?? today} max={today} required />
        </>
      )}
      {kind === "assessment" && (
        <>
          <SelectField name="kind" label={m.form} refusal={refusal} defaultValue={written?.form ?? undefined} options={ASSESSMENT_KINDS.map((value) => ({ value, label: m.forms[value] }))} />
          <LevelField name="level" label={m.level} refusal={refusal} chosen={written?.level ?? undefined} />
          {text}
        </>
      )}
      {kind !== "note" && Array.from({ length: MOST_COMPETENCIES }, (_, at) => (
        <div key={at} className="pair">
          <SelectField name={`competencies.${at}.competency`} label={m.shows(at + 1)} refusal={refusal} defaultValue={written?.competencies[at]?.competency} options={[{ value: "", label: m.nothing }, ...COMPETENCIES.map((value) => ({ value, label: m.competencies[value] }))]} />
          {kind === "observation" && <LevelField name={`competencies.${at}.level`} label={m.showsLevel(at + 1)} refusal={refusal} chosen={written?.competencies[at]?.level} />}
        </div>
      ))}
      <ChoiceField name="visibility" label={m.visibility} refusal={refusal} chosen={written?.visibility ?? (kind === "note" ? "staff" : "guardians")} options={VISIBILITIES.map((value) => ({ value, label: m.visibilities[value], hint: m.visibilityHints[value] }))} />
      <Button>{written ? m.saveChange : m.save[kind]}</Button>
    </form>
  );
}

function LevelField({ name, label, refusal, chosen }: { name: string; label: string; refusal: Refusal | undefined; chosen: string | undefined }) {
  const { m: { learning: m } } = useLanguage();
  return <SelectField name={name} label={label} refusal={refusal} defaultValue={chosen} options={[{ value: "", label: m.choose }, ...[...LEVELS].reverse().map((value) => ({ value, label: m.levels[value] }))]} />;
}
