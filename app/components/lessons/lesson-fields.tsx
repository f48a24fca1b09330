import { CheckField, ChoiceField, Field } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { ZoneField } from "./zone-field.tsx";

type Known = { date?: string; time?: string; minutes: number; timeZone?: string; topic?: string | null; place?: string | null; link?: string | null; usesHours?: boolean };
type Props = { known: Known; refusal: Refusal | undefined };

/** When: the nearest time is named where the clocks skip the one that was typed. */
export function TimeFields({ known, refusal }: Props) {
  const { m: { lessons: m } } = useLanguage();
  const nearest = typeof refusal?.extra.nearest === "string" ? m.nearest(refusal.extra.nearest.replace("T", " ")) : undefined;
  const atStart = refusal && { ...refusal, fields: refusal.fields.map((field) => ({ ...field, path: field.path === "localStart" ? "time" : field.path === "localEnd" ? "minutes" : field.path })) };
  return (
    <>
      <Field name="date" type="date" label={m.date} refusal={atStart} defaultValue={known.date} required />
      <Field name="time" type="time" label={m.time} hint={nearest} refusal={atStart} defaultValue={known.time} required />
      <Field name="minutes" type="number" label={m.lengthMinutes} refusal={atStart} defaultValue={known.minutes} min={15} max={480} required />
      <ZoneField zone={known.timeZone} refusal={atStart} />
    </>
  );
}

export function DetailFields({ known, refusal }: Props) {
  const { m: { lessons: m } } = useLanguage();
  return (
    <>
      <Field name="topic" label={m.topic} refusal={refusal} defaultValue={known.topic ?? undefined} autoComplete="off" />
      <Field name="place" label={m.place} refusal={refusal} defaultValue={known.place ?? undefined} autoComplete="off" />
      <Field name="link" type="url" label={m.link} hint={m.linkHint} refusal={refusal} defaultValue={known.link ?? undefined} autoComplete="off" />
      <CheckField name="usesHours" label={m.usesHours} hint={m.hoursHint} refusal={refusal} checked={known.usesHours ?? false} />
    </>
  );
}

export function ScopeField({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { lessons: m } } = useLanguage();
  return (
    <>
      <ChoiceField name="scope" label={m.scope} refusal={refusal} chosen="one" options={(["one", "following", "all"] as const).map((value) => ({ value, label: m.scopes[value] }))} />
      <CheckField name="includeMoved" label={m.includeMoved} refusal={refusal} />
    </>
  );
}
