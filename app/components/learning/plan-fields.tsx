import { Field, SelectField } from "#app/components/ui/field.tsx";
import { MOST_STEPS } from "#app/domain/learning/plans/inputs.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Titled = { id: string; title: string };

/** Few in sight, as most plans are short; the others behind a fold. */
const OPEN_STEPS = 3;

/** A plan's name, its days, and rows for steps; rows left empty are none. */
export function PlanFields({ materials, assignments, refusal }: { materials: Titled[]; assignments: Titled[]; refusal: Refusal | undefined }) {
  const { m: { learningWork: m } } = useLanguage();
  const links = [{ value: "", label: m.noLink }, ...materials.map(({ id, title }) => ({ value: `material:${id}`, label: title })), ...assignments.map(({ id, title }) => ({ value: `assignment:${id}`, label: title }))];
  const step = (at: number) => (
    <fieldset key={at} className="card">
      <legend>{m.step(at + 1)}</legend>
      <Field name={`steps.${at}.text`} label={m.stepText} refusal={refusal} maxLength={300} required={at === 0} autoComplete="off" />
      <Field name={`steps.${at}.dueOn`} type="date" label={m.stepDue} refusal={refusal} />
      {links.length > 1 && <SelectField name={`steps.${at}.link`} label={m.stepLink} refusal={refusal} options={links} />}
    </fieldset>
  );
  const steps = Array.from({ length: MOST_STEPS }, (_, at) => step(at));
  return (
    <>
      <Field name="title" label={m.title} refusal={refusal} required maxLength={150} autoComplete="off" />
      <Field name="startsOn" type="date" label={m.startsOn} refusal={refusal} required />
      <Field name="endsOn" type="date" label={m.endsOn} refusal={refusal} required />
      <p className="hint" id="steps">{m.planHint}</p>
      {steps.slice(0, OPEN_STEPS)}
      <details open={refusal !== undefined}><summary>{m.moreSteps}</summary>{steps.slice(OPEN_STEPS)}</details>
    </>
  );
}
