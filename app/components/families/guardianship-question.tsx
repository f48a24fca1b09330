import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Confirm } from "#app/components/ui/confirm.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import type { GuardianshipOnPage } from "#app/domain/families/guardianship-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { GrantFields, RightFields } from "./grant-fields.tsx";
import { RelationshipField } from "./relationship-field.tsx";

type Question = { row: GuardianshipOnPage; asked: string | undefined; endsOn: string | undefined; refusal: Refusal | undefined };

/** What the page's address asks about: changing, handing over, ending, or lending. */
export function GuardianshipQuestion({ row, asked, endsOn, refusal }: Question) {
  const { m: { families: m, kin } } = useLanguage();
  const back = { href: `/family/people/${row.id}`, label: m.keep };
  const keep = <ButtonLink href={back.href}>{back.label}</ButtonLink>;
  if (asked === "primary" && row.may.makePrimary) return <Confirm title={m.makePrimary} consequence={m.makePrimaryConsequence(row.guardianName, row.childName)} act="make-primary" fields={{}} label={m.makePrimary} back={back} />;
  if (asked === "end" && row.may.end) return <Confirm title={m.endGuardianship} consequence={row.isMine ? m.endOwnConsequence(row.childName) : m.endConsequence(row.guardianName, row.childName)} act="end" fields={{}} label={m.endGuardianship} back={back} />;
  if (asked === "lend" && row.may.lend) {
    if (row.candidates.length === 0) return <p>{kin.nobodyToLend} <a href="/family/people/invite">{m.invite}</a></p>;
    return (
      <form method="post" className="card">
        <h2>{kin.lend(row.childName)}</h2>
        <SelectField name="guardianId" label={m.adult} refusal={refusal} options={row.candidates.map((adult) => ({ value: adult.id, label: adult.name }))} />
        <RightFields label={kin.lentRights} within={row} refusal={refusal} />
        <Field name="startsAt" type="date" label={kin.fromDay} hint={kin.fromDayHint} refusal={refusal} />
        <Field name="endsAt" type="date" label={kin.lastDay} refusal={refusal} required />
        <p>{kin.lendConsequence}</p>
        <Button name="act" value="lend">{kin.lendNow}</Button>
        {keep}
      </form>
    );
  }
  if (asked !== "change" || !row.may.change) return null;
  return (
    <form method="post" className="card">
      <h2>{row.guardianName}: {row.childName}</h2>
      {row.delegatedBy === null && <GrantFields chosen={row.preset} held={row} refusal={refusal} />}
      <RelationshipField chosen={row.relationship} refusal={refusal} />
      <Field name="contactPriority" label={m.contactPriority} hint={m.contactPriorityHint} defaultValue={row.contactPriority} inputMode="numeric" refusal={refusal} />
      {!row.isPrimary && row.delegatedBy === null && (
        <>
          <input type="hidden" name="dated" value="yes" />
          {row.comes && <Field name="startsAt" type="date" label={kin.fromDay} hint={kin.unchangedHint} refusal={refusal} />}
          <Field name="endsAt" type="date" label={kin.lastDay} hint={kin.lastDayHint} defaultValue={endsOn} refusal={refusal} />
        </>
      )}
      <Button name="act" value="change">{m.save}</Button>
      {keep}
    </form>
  );
}
