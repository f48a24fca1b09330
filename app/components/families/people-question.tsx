import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { SelectField } from "#app/components/ui/field.tsx";
import type { Circle } from "#app/domain/families/people-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { GrantFields } from "./grant-fields.tsx";
import { RelationshipField } from "./relationship-field.tsx";

/** What the page's address asks about: a new guardian for one of the children. */
export function PeopleQuestion({ circles, asked, refusal }: { circles: Circle[]; asked: { add?: string }; refusal: Refusal | undefined }) {
  const { m: { families: m } } = useLanguage();
  const circle = circles.find((each) => each.childId === asked.add && each.candidates.length > 0);
  if (!circle) return null;
  return (
    <form method="post" className="card">
      <h2>{m.peopleOf(circle.name)}</h2>
      <input type="hidden" name="childId" value={circle.childId} />
      <SelectField name="guardianId" label={m.adult} refusal={refusal} options={circle.candidates.map((adult) => ({ value: adult.id, label: adult.name }))} />
      <RelationshipField refusal={refusal} />
      <GrantFields chosen="viewer" refusal={refusal} />
      <Button name="act" value="make-guardian">{m.makeGuardian}</Button>
      <ButtonLink href="/family/people">{m.keep}</ButtonLink>
    </form>
  );
}
