import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { CheckField, Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import type { HomeContacts } from "#app/domain/contacts/list-contacts.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Question = { homes: HomeContacts[]; asked: Partial<Record<"add" | "change" | "remove", string>>; refusal: Refusal | undefined };
const BACK = "/family/people/contacts";

/** What the page's address asks about: a new contact, other facts of one, or its end. */
export function ContactQuestion({ homes, asked, refusal }: Question) {
  const { m: { contacts: m } } = useLanguage();
  const known = homes.flatMap((home) => home.contacts).find((each) => each.mayChange && each.id === (asked.change ?? asked.remove));
  const home = homes.find((each) => each.id === (known?.familyId ?? asked.add));
  if (!home || (!known && home.children.length === 0)) return null;
  if (asked.remove && known) return <Confirm title={m.removeTitle(known.name)} consequence={m.removeConsequence} act="remove" fields={{ familyId: home.id, contactId: known.id }} label={m.remove} back={{ href: BACK, label: m.keep }} />;
  return (
    <form method="post" className="card">
      <h2>{known ? known.name : m.add}</h2>
      <input type="hidden" name="familyId" value={home.id} />
      {known && <input type="hidden" name="contactId" value={known.id} />}
      <Field name="name" label={m.name} refusal={refusal} defaultValue={known?.name} autoComplete="off" required />
      <Field name="relationship" label={m.relationship} hint={m.relationshipHint} refusal={refusal} defaultValue={known?.relationship} autoComplete="off" required />
      <Field name="phone" label={m.phone} type="tel" refusal={refusal} defaultValue={known?.phone} autoComplete="off" required />
      {!known && <SelectField name="childId" label={m.forWhom} refusal={refusal} options={[{ value: "", label: m.everyChild }, ...home.children.map((child) => ({ value: child.id, label: child.name }))]} />}
      <CheckField name="isEmergency" label={m.isEmergency} checked={known?.isEmergency ?? true} refusal={refusal} />
      <CheckField name="mayPickUp" label={m.mayPickUp} checked={known?.mayPickUp ?? false} refusal={refusal} />
      <TextField name="note" label={m.note} hint={m.noteHint} refusal={refusal} defaultValue={known?.note ?? ""} />
      <p>{m.consequence}</p>
      <Button name="act" value={known ? "change" : "add"}>{m.save}</Button>
      <ButtonLink href={BACK}>{m.keep}</ButtonLink>
    </form>
  );
}
