import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { CheckField, Field, SelectField } from "#app/components/ui/field.tsx";
import { RIGHTS } from "#app/domain/families/family-form.ts";
import type { Circle } from "#app/domain/families/people-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { AdultFields } from "./person-rows.tsx";

type Asked = Partial<Record<"change" | "primary" | "end" | "add" | "invite", string>>;
type Question = { circles: Circle[]; invitable: { id: string; name: string }[]; asked: Asked; me: string; refusal: Refusal | undefined };

const BACK = "/family/people";

/** What the page's address asks about: changing a guardianship, handing over, ending, a new guardian, or an invitation. */
export function PeopleQuestion({ circles, invitable, asked, me, refusal }: Question) {
  const { m: { families: m } } = useLanguage();
  const keep = <ButtonLink href={BACK}>{m.keep}</ButtonLink>;
  const relationship = (chosen?: string) => <SelectField name="relationship" label={m.relationship} defaultValue={chosen} refusal={refusal} options={Object.entries(m.relationships).map(([value, label]) => ({ value, label }))} />;
  if (asked.invite && invitable.length > 0) {
    return (
      <form method="post" className="card">
        <h2>{m.invite}</h2>
        <AdultFields refusal={refusal} />
        <SelectField name="familyId" label={m.family} refusal={refusal} options={invitable.map((home) => ({ value: home.id, label: home.name }))} />
        <p>{m.inviteConsequence}</p>
        <Button name="act" value="invite">{m.sendInvitation}</Button>
        {keep}
      </form>
    );
  }
  const added = circles.find((each) => each.childId === asked.add && each.candidates.length > 0);
  if (added) {
    return (
      <form method="post" className="card">
        <h2>{m.peopleOf(added.name)}</h2>
        <input type="hidden" name="childId" value={added.childId} />
        <SelectField name="guardianId" label={m.adult} refusal={refusal} options={added.candidates.map((adult) => ({ value: adult.id, label: adult.name }))} />
        {relationship()}
        <SelectField name="may" label={m.may} refusal={refusal} options={[{ value: "look", label: m.mayLook }, { value: "all", label: m.mayAll }]} />
        <Button name="act" value="make-guardian">{m.makeGuardian}</Button>
        {keep}
      </form>
    );
  }
  const id = asked.change ?? asked.primary ?? asked.end;
  const circle = circles.find((each) => each.guardians.some((row) => row.id === id));
  const row = circle?.guardians.find((each) => each.id === id);
  if (!circle || !row) return null;
  const asking = { fields: { guardianshipId: row.id }, back: { href: BACK, label: m.keep } };
  if (asked.primary) return <Confirm title={m.makePrimary} consequence={m.makePrimaryConsequence(row.guardianName, circle.name)} act="make-primary" label={m.makePrimary} {...asking} />;
  if (asked.end) {
    const consequence = row.guardianId === me ? m.endOwnConsequence(circle.name) : m.endConsequence(row.guardianName, circle.name);
    return <Confirm title={m.endGuardianship} consequence={consequence} act="end" label={m.endGuardianship} {...asking} />;
  }
  return (
    <form method="post" className="card">
      <h2>{row.guardianName}: {circle.name}</h2>
      <input type="hidden" name="guardianshipId" value={row.id} />
      {RIGHTS.map((right) => <CheckField key={right} name={right} label={m.rights[right]} checked={row[right]} refusal={refusal} />)}
      {relationship(row.relationship)}
      <Field name="contactPriority" label={m.contactPriority} hint={m.contactPriorityHint} defaultValue={row.contactPriority} inputMode="numeric" refusal={refusal} />
      <Button name="act" value="change">{m.save}</Button>
      {keep}
    </form>
  );
}
