import { Button } from "#app/components/ui/button.tsx";
import { CheckField, Field } from "#app/components/ui/field.tsx";
import type { Inviting } from "#app/domain/families/people-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { GrantFields } from "./grant-fields.tsx";
import { RelationshipField } from "./relationship-field.tsx";

/** Whom to invite, for which children, with what rights and how long; and what each side will see of the other. */
export function InviteForm({ home, byCode, refusal }: { home: Inviting; byCode: boolean; refusal: Refusal | undefined }) {
  const { m: { families: m, kin } } = useLanguage();
  return (
    <form method="post" className="card">
      <input type="hidden" name="familyId" value={home.id} />
      {!byCode && (
        <>
          <Field name="name" label={m.name} refusal={refusal} autoComplete="off" />
          <Field name="email" label={m.email} hint={m.inviteHint} type="email" refusal={refusal} autoComplete="off" />
        </>
      )}
      <RelationshipField refusal={refusal} />
      <fieldset className="field">
        <legend>{kin.forChildren}</legend>
        {home.children.map((child) => <CheckField key={child.id} name={`child.${child.id}`} label={child.name} hint={child.manages ? undefined : kin.lendOnly} checked={child.manages} refusal={refusal} />)}
      </fieldset>
      <GrantFields chosen="viewer" refusal={refusal} />
      <CheckField name="joinsFamily" label={kin.joinsFamily(home.name)} hint={kin.joinsFamilyHint} checked refusal={refusal} />
      <details>
        <summary>{kin.forATime}</summary>
        <p className="hint">{kin.forATimeHint}</p>
        <Field name="startsAt" type="date" label={kin.fromDay} hint={kin.fromDayHint} refusal={refusal} />
        <Field name="endsAt" type="date" label={kin.lastDay} refusal={refusal} />
      </details>
      <p>{kin.bothSee}</p>
      <Button name="act" value={byCode ? "code" : "invite"}>{byCode ? kin.makeCode : m.sendInvitation}</Button>
    </form>
  );
}
