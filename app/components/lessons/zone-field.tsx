import { Field } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** By which clock: seldom another than one's own, so folded under a line that says it. */
export function ZoneField({ zone, refusal }: { zone: string | undefined; refusal: Refusal | undefined }) {
  const { m: { lessons: m } } = useLanguage();
  return (
    <details open={refusal?.fields.some(({ path }) => path === "timeZone")}>
      <summary>{zone ? m.zoneOf(zone) : m.zone}</summary>
      <Field name="timeZone" label={m.zone} hint={m.zoneHint} refusal={refusal} defaultValue={zone} autoComplete="off" />
    </details>
  );
}
