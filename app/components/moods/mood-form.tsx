import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, SelectField, TextField } from "#app/components/ui/field.tsx";
import type { MoodPage } from "#app/domain/learning/moods/read-moods.server.ts";
import { MOODS } from "#app/domain/learning/moods/rules.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** How today feels; filled with what one said already. */
export function MoodForm({ own, refusal }: { own: MoodPage["own"]; refusal: Refusal | undefined }) {
  const { m: { moods: m } } = useLanguage();
  return (
    <form method="post">
      <ChoiceField name="mood" label={m.mood} refusal={refusal} options={MOODS.map((mood) => ({ value: mood, label: `${m.faces[mood]} ${m.moods[mood]}` }))} {...(own ? { chosen: own.mood } : {})} />
      <SelectField name="energy" label={m.energy} refusal={refusal} defaultValue={String(own?.energy ?? 3)} options={m.energies.map((label, index) => ({ value: String(index + 1), label }))} />
      <TextField name="note" label={m.note} hint={m.noteHint} maxLength={500} refusal={refusal} defaultValue={own?.note ?? ""} />
      <p className="hint">{m.once}</p>
      <Button name="act" value="record">{own ? m.change : m.record}</Button>
    </form>
  );
}
