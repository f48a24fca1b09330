import { CheckField, Field } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** When, and whether anybody is told of it. */
export function TimedFields({ timeZone, refusal }: { timeZone: string; refusal: Refusal | undefined }) {
  const { m: { announcements: m } } = useLanguage();
  return (
    <>
      <Field name="sendAt" type="datetime-local" label={m.sendAt} hint={m.sendAtHint(timeZone)} refusal={refusal} />
      <CheckField name="silent" label={m.silent} hint={m.silentHint} refusal={refusal} />
    </>
  );
}
