import { Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import type { Profile } from "#app/domain/identity/read-profile.server.ts";
import { CONTACT_METHODS, LOCALES } from "#app/domain/identity/profile-inputs.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What a person says of themselves; a child only how things look to it. */
export function ProfileFields({ profile, adult, refusal }: { profile: Profile; adult: boolean; refusal: Refusal | undefined }) {
  const { m: { profile: m } } = useLanguage();
  return (
    <>
      {adult && (
        <>
          <Field name="name" label={m.name} refusal={refusal} defaultValue={profile.name} autoComplete="name" required />
          {profile.email !== null && <Field name="email" type="email" label={m.email} hint={m.emailHint} refusal={refusal} defaultValue={profile.email} autoComplete="email" required />}
          <Field name="phone" type="tel" label={m.phone} hint={m.phoneHint} refusal={refusal} defaultValue={profile.phone ?? ""} autoComplete="tel" />
          <SelectField name="contactMethod" label={m.contactMethod} refusal={refusal} defaultValue={profile.contactMethod} options={choices(CONTACT_METHODS, m.contactMethods)} />
        </>
      )}
      <SelectField name="locale" label={m.locale} refusal={refusal} defaultValue={profile.locale} options={choices(LOCALES, m.locales)} />
      <Field name="timeZone" label={m.timeZone} hint={m.timeZoneHint} refusal={refusal} defaultValue={profile.timeZone} autoComplete="off" required />
      {adult && (
        <>
          <fieldset>
            <legend>{m.emergency}</legend>
            <p className="hint">{m.emergencyAbout}</p>
            <Field name="emergencyContact.name" label={m.emergencyName} hint={m.optional} refusal={refusal} defaultValue={profile.emergencyContact?.name ?? ""} autoComplete="off" />
            <Field name="emergencyContact.phone" type="tel" label={m.emergencyPhone} hint={m.optional} refusal={refusal} defaultValue={profile.emergencyContact?.phone ?? ""} autoComplete="off" />
          </fieldset>
          <TextField name="billingAddress" label={m.billingAddress} hint={m.optional} refusal={refusal} defaultValue={profile.billingAddress ?? ""} autoComplete="billing street-address" />
        </>
      )}
    </>
  );
}

const choices = (values: readonly string[], labels: Record<string, string>) => values.map((value) => ({ value, label: labels[value] ?? value }));
