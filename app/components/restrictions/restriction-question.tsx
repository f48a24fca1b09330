import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import type { ListedRestriction } from "#app/domain/restrictions/list-restrictions.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Person = { id: string; name: string; isGuardian: boolean; isPrimary: boolean };
type Question = { child: { id: string; name: string }; people: Person[]; restrictions: ListedRestriction[]; asked: Record<string, string>; refusal: Refusal | undefined };

/** What the page's address asks about: keeping somebody away, or lifting it. */
export function RestrictionQuestion({ child, people, restrictions, asked, refusal }: Question) {
  const { m: { restrictions: m } } = useLanguage();
  const back = { href: `/admin/children/${child.id}`, label: m.keep };
  const lifted = restrictions.find((each) => each.id === asked.lift && each.standing !== "over");
  if (lifted) return <Confirm title={m.liftTitle(lifted.personName, child.name)} consequence={m.liftConsequence} act="lift" fields={{ restrictionId: lifted.id }} label={m.lift} back={back} />;
  if (!asked.set) return null;
  const named = ({ name, isGuardian, isPrimary }: Person) => (isPrimary ? m.primaryMark(name) : isGuardian ? m.guardianMark(name) : name);
  return (
    <form method="post" className="card">
      <h2>{m.set}</h2>
      <SelectField name="personId" label={m.person} refusal={refusal} options={people.map((person) => ({ value: person.id, label: named(person) }))} />
      <TextField name="reason" label={m.reason} hint={m.reasonHint} refusal={refusal} required />
      <Field name="startsAt" type="date" label={m.from} hint={m.fromHint} refusal={refusal} />
      <Field name="endsAt" type="date" label={m.until} hint={m.untilHint} refusal={refusal} />
      <p>{m.setConsequence}</p>
      <Button weight="danger" name="act" value="set">{m.setNow}</Button>
      <ButtonLink href={back.href}>{back.label}</ButtonLink>
    </form>
  );
}
