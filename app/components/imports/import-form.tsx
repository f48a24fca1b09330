import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, Field } from "#app/components/ui/field.tsx";
import { IMPORT_KINDS } from "#app/domain/schools/imports/inputs.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A file to try. It is brought in only after its trial has been seen. */
export function ImportForm({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { imports: m } } = useLanguage();
  return (
    <form method="post" encType="multipart/form-data" className="card">
      <ChoiceField name="kind" label={m.kind} refusal={refusal} chosen="people" options={IMPORT_KINDS.map((value) => ({ value, label: m.kinds[value] }))} />
      <p className="hint">{m.templates} <a href="/templates/people.csv" download>people.csv</a>, <a href="/templates/enrolments.csv" download>enrolments.csv</a>, <a href="/templates/families.csv" download>families.csv</a></p>
      <Field name="file" type="file" label={m.file} hint={m.fileHint} refusal={refusal} accept=".csv,.txt,.tsv,.zip,.json" required />
      <p className="hint">{m.tryHint}</p>
      <Button>{m.try}</Button>
    </form>
  );
}
