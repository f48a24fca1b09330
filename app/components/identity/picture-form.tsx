import { Avatar } from "#app/components/ui/avatar.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A person's picture: what it is now, another one, or none. */
export function PictureForm({ name, picture, refusal }: { name: string; picture: string | null; refusal: Refusal | undefined }) {
  const { m: { profile: m } } = useLanguage();
  return (
    <Card title={m.picture}>
      <p><Avatar name={name} picture={picture} /> {m.picturePrivate}</p>
      <form method="post" encType="multipart/form-data">
        <Field name="picture" type="file" label={m.chooseFile} hint={m.pictureHint} accept="image/jpeg,image/png,image/webp" refusal={refusal} />
        <Button weight="quiet" name="act" value="keep-picture">{m.keepPicture}</Button>
        {picture && <Button weight="quiet" name="act" value="remove-picture">{m.removePicture}</Button>}
      </form>
    </Card>
  );
}
