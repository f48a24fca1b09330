import { Field, TextField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Known = { name?: string; address?: string | null; timeZone: string; decisionWindowHours: number };

/** What a family is, whether it is new or changed. `settles`: the reader may change what touches every child in it. */
export function FamilyFields({ known, refusal, settles = true }: { known: Known; refusal: Refusal | undefined; settles?: boolean }) {
  const { m: { families: m } } = useLanguage();
  return (
    <>
      <Field name="name" label={m.familyName} hint={m.familyNameHint} refusal={refusal} defaultValue={known.name} autoComplete="off" required />
      <TextField name="address" label={m.address} hint={m.optional} refusal={refusal} defaultValue={known.address ?? ""} autoComplete="street-address" />
      {settles && (
        <>
          <Field name="timeZone" label={m.timeZone} hint={m.timeZoneHint} refusal={refusal} defaultValue={known.timeZone} autoComplete="off" required />
          <Field name="decisionWindowHours" label={m.window} hint={m.windowHint} refusal={refusal} defaultValue={known.decisionWindowHours} inputMode="numeric" required />
        </>
      )}
    </>
  );
}
