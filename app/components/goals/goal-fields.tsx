import { Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import type { GoalItem } from "#app/domain/learning/goals/read-goals.server.ts";
import { AREAS } from "#app/domain/learning/goals/rules.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export function GoalFields({ goal, refusal }: { goal?: GoalItem; refusal: Refusal | undefined }) {
  const { m: { goals: m } } = useLanguage();
  return (
    <>
      <Field name="title" label={m.name} hint={m.nameHint} maxLength={120} autoComplete="off" refusal={refusal} defaultValue={goal?.title} />
      <SelectField name="area" label={m.area} refusal={refusal} defaultValue={goal?.area} options={AREAS.map((area) => ({ value: area, label: m.areas[area] }))} />
      <TextField name="why" label={m.why} hint={m.whyHint} maxLength={500} refusal={refusal} defaultValue={goal?.why} />
      <Field name="targetOn" type="date" label={m.target} hint={m.targetHint} refusal={refusal} defaultValue={goal?.targetOn ?? undefined} />
    </>
  );
}
