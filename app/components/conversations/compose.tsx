import { Button } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Field, TextField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** The form's own id of the message makes of a form sent twice one message. */
export function SendForm({ clientId, refusal }: { clientId: string; refusal: Refusal | undefined }) {
  const { m: { conversations: m } } = useLanguage();
  return (
    <form method="post" encType="multipart/form-data">
      <input type="hidden" name="clientId" value={clientId} />
      <TextField name="text" label={m.message} refusal={refusal} dir="auto" />
      <Field name="files" type="file" multiple label={m.files} hint={m.filesHint} refusal={refusal} accept="image/*,audio/*,application/pdf" />
      <Button name="act" value="send">{m.send}</Button>
    </form>
  );
}

export function EditForm({ seq, text, refusal, back }: { seq: number; text: string; refusal: Refusal | undefined; back: string }) {
  const { m: { conversations: m } } = useLanguage();
  return (
    <form method="post">
      <input type="hidden" name="seq" value={seq} />
      <TextField name="text" label={m.editTitle} defaultValue={text} refusal={refusal} dir="auto" />
      <Button name="act" value="edit">{m.save}</Button>
      <p><a href={back}>{m.back}</a></p>
    </form>
  );
}

export function RemoveQuestion({ seq, back }: { seq: number; back: string }) {
  const { m: { conversations: m } } = useLanguage();
  return <div id="delete"><Confirm title={m.removeTitle} consequence={m.removeText} act="delete" fields={{ seq: String(seq) }} label={m.remove} back={{ href: back, label: m.back }} /></div>;
}
