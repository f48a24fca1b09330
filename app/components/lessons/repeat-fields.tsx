import { CheckField, Field, SelectField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Only once, or every so many weeks until a day or a number is reached. */
export function RepeatFields({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { lessons: m } } = useLanguage();
  const atEnd = refusal && { ...refusal, fields: refusal.fields.map((field) => ({ ...field, path: field.path === "endsOn" ? "lastDay" : field.path })) };
  return (
    <details open={refusal !== undefined}>
      <summary>{m.repeat}</summary>
      <SelectField name="everyWeeks" label={m.howOften} refusal={atEnd} options={[{ value: "", label: m.once }, ...[1, 2, 3, 4].map((weeks) => ({ value: String(weeks), label: m.everyWeeks(weeks) }))]} />
      <fieldset className="field">
        <legend>{m.alsoOn}</legend>
        <p className="hint">{m.alsoOnHint}</p>
        {m.weekdays.map((weekday, index) => <CheckField key={weekday} name={`weekday.${index + 1}`} label={weekday} refusal={atEnd} />)}
      </fieldset>
      <Field name="lastDay" type="date" label={m.lastDay} refusal={atEnd} />
      <Field name="count" type="number" label={m.count} hint={m.countHint} refusal={atEnd} min={1} max={100} />
    </details>
  );
}
