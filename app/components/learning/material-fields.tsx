import { Field, TextField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Material = { title: string; text: string; link: string | null; minutes: number | null };

export function MaterialFields({ material, refusal }: { material?: Material; refusal: Refusal | undefined }) {
  const { m: { learningWork: m } } = useLanguage();
  return (
    <>
      <Field name="title" label={m.title} defaultValue={material?.title} refusal={refusal} required maxLength={150} autoComplete="off" />
      <TextField name="text" label={m.text} defaultValue={material?.text} refusal={refusal} rows={8} maxLength={10_000} />
      <Field name="link" type="url" label={m.link} hint={m.linkHint} defaultValue={material?.link ?? ""} refusal={refusal} autoComplete="off" />
      <Field name="minutes" type="number" inputMode="numeric" min={1} max={600} label={m.minutes} hint={m.minutesHint} defaultValue={material?.minutes ?? ""} refusal={refusal} />
    </>
  );
}
