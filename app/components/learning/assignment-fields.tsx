import { ZoneField } from "#app/components/lessons/zone-field.tsx";
import { Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import { COMPETENCIES, type Competency } from "#app/domain/learning/competencies.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Assignment = { title: string; instructions: string; competency: Competency | null; dueLocal: string; timeZone: string };

export function AssignmentFields({ assignment, timeZone, refusal }: { assignment?: Assignment; timeZone: string; refusal: Refusal | undefined }) {
  const { m: { learningWork: m, learning: { competencies } } } = useLanguage();
  const [dueOn, dueTime = "17:00"] = assignment?.dueLocal.split("T") ?? [];
  return (
    <>
      <Field name="title" label={m.title} defaultValue={assignment?.title} refusal={refusal} required maxLength={150} autoComplete="off" />
      <TextField name="instructions" label={m.instructions} defaultValue={assignment?.instructions} refusal={refusal} rows={6} maxLength={10_000} />
      <SelectField name="competency" label={m.competency} hint={m.competencyHint} defaultValue={assignment?.competency ?? ""} refusal={refusal} options={[{ value: "", label: m.noCompetency }, ...COMPETENCIES.map((value) => ({ value, label: competencies[value] }))]} />
      <Field name="dueOn" type="date" label={m.dueOn} defaultValue={dueOn} refusal={refusal} required />
      <Field name="dueTime" type="time" label={m.dueTime} defaultValue={dueTime} refusal={refusal} required />
      <ZoneField zone={assignment?.timeZone ?? timeZone} refusal={refusal} />
    </>
  );
}
