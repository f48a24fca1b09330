import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { SelectField } from "#app/components/ui/field.tsx";
import type { FamilyOnPage } from "#app/domain/families/family-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { FamilyFields } from "./family-fields.tsx";
import { StudentFields } from "./person-rows.tsx";

type Asked = Partial<Record<"change" | "delete" | "add" | "child" | "remove" | "from", string>>;

/** What the page's address asks about: changing a family, putting it away, or somebody coming in or going out. */
export function FamilyQuestion({ homes, asked, me, repeat, refusal }: { homes: FamilyOnPage[]; asked: Asked; me: string; repeat: string; refusal: Refusal | undefined }) {
  const { m: { families: m } } = useLanguage();
  const home = homes.find((each) => each.id === (asked.change ?? asked.delete ?? asked.add ?? asked.child ?? asked.from));
  const back = { href: "/family", label: m.keep };
  if (!home) return null;
  if (asked.change) {
    return (
      <form method="post" className="card">
        <h2>{home.name}</h2>
        <input type="hidden" name="familyId" value={home.id} />
        <FamilyFields known={home} refusal={refusal} settles={home.leads} />
        <Button name="act" value="change">{m.save}</Button>
        <ButtonLink href={back.href}>{back.label}</ButtonLink>
      </form>
    );
  }
  if (asked.add) {
    return (
      <form method="post" className="card">
        <h2>{home.name}</h2>
        <input type="hidden" name="familyId" value={home.id} />
        <SelectField name="userId" label={m.addChild} hint={m.addChildConsequence} refusal={refusal} options={home.addable.map((child) => ({ value: child.id, label: child.name }))} />
        <Button name="act" value="add">{m.save}</Button>
        <ButtonLink href={back.href}>{back.label}</ButtonLink>
      </form>
    );
  }
  if (asked.child) {
    return (
      <form method="post" className="card">
        <h2>{m.newChild}</h2>
        <input type="hidden" name="familyId" value={home.id} />
        <input type="hidden" name="repeat" value={refusal?.values.repeat ?? repeat} />
        <StudentFields refusal={refusal} />
        <p>{m.newChildConsequence(home.name)}</p>
        <Button name="act" value="new-child">{m.newChild}</Button>
        <ButtonLink href={back.href}>{back.label}</ButtonLink>
      </form>
    );
  }
  if (asked.delete) return <Confirm title={m.deleteFamily} consequence={m.deleteConsequence(home.name)} act="delete" fields={{ familyId: home.id }} label={m.deleteFamily} back={back} />;
  const person = [...home.parents, ...home.students].find((each) => each.id === asked.remove);
  if (!person) return null;
  const [title, consequence] = person.id === me ? [m.leave, m.leaveConsequence(home.name)] : [m.takeOut, m.takeOutConsequence(person.name, home.name)];
  return <Confirm title={title} consequence={consequence} act="remove" fields={{ familyId: home.id, userId: person.id }} label={title} back={back} />;
}
