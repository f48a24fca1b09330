import { Button } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { TOLD_KINDS } from "#app/domain/learning/activity/rules.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Tells what was read or practised away from here. Sent twice, it counts once. */
export function TellForm({ today, idempotencyKey, refusal }: { today: string; idempotencyKey: string; refusal: Refusal | undefined }) {
  const { m: { activity: m } } = useLanguage();
  return (
    <details open={refusal !== undefined}>
      <summary>{m.tell}</summary>
      <form method="post">
        <input type="hidden" name="key" value={idempotencyKey} />
        <SelectField name="kind" label={m.kind} refusal={refusal} options={TOLD_KINDS.map((kind) => ({ value: kind, label: m.kinds[kind] }))} />
        <Field name="about" label={m.what} hint={m.whatHint} maxLength={200} autoComplete="off" refusal={refusal} />
        <Field name="minutes" label={m.howLong} inputMode="numeric" autoComplete="off" refusal={refusal} />
        <Field name="onDate" type="date" label={m.when} hint={m.whenHint} defaultValue={today} max={today} refusal={refusal} />
        <Button name="act" value="tell">{m.add}</Button>
      </form>
    </details>
  );
}
