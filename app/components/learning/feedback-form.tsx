import { Button } from "#app/components/ui/button.tsx";
import { SelectField, TextField } from "#app/components/ui/field.tsx";
import { LEVELS } from "#app/domain/learning/competencies.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { FilesField } from "./file-list.tsx";

/** A level with a comment, or back for another try. */
export function FeedbackForm({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { learningWork: m, learning: { levels } } } = useLanguage();
  return (
    <form method="post" encType="multipart/form-data" className="card">
      <h2>{m.giveFeedback}</h2>
      <SelectField name="level" label={m.level} refusal={refusal} options={[{ value: "", label: m.chooseLevel }, ...[...LEVELS].reverse().map((value) => ({ value, label: levels[value] }))]} />
      <TextField name="comment" label={m.comment} hint={m.commentHint} refusal={refusal} rows={5} maxLength={10_000} />
      <FilesField refusal={refusal} />
      <Button name="act" value="feedback">{m.sendFeedback}</Button>
      <p className="hint">{m.sendBackHint}</p>
      <Button weight="quiet" name="act" value="again">{m.sendBack}</Button>
    </form>
  );
}
