import { SelectField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What somebody is to the child. */
export function RelationshipField({ chosen, refusal }: { chosen?: string; refusal: Refusal | undefined }) {
  const { m: { families: m } } = useLanguage();
  return <SelectField name="relationship" label={m.relationship} defaultValue={chosen} refusal={refusal} options={Object.entries(m.relationships).map(([value, label]) => ({ value, label }))} />;
}
