import { Field, SelectField } from "#app/components/ui/field.tsx";
import { LEVELS } from "#app/domain/families/levels.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Rows = { count: number; refusal: Refusal | undefined };
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

export function StudentRows({ count, refusal }: Rows) {
  const { m: { families: m } } = useLanguage();
  return (
    <>
      {numbers(count).map((at) => (
        <fieldset key={at}>
          <legend>{m.childNumber(at + 1)}</legend>
          <StudentFields prefix={`students.${at}.`} refusal={refusal} />
        </fieldset>
      ))}
    </>
  );
}

/** A child and how they sign in. */
export function StudentFields({ prefix = "", refusal }: { prefix?: string; refusal: Refusal | undefined }) {
  const { m: { families: m } } = useLanguage();
  return (
    <>
      <Field name={`${prefix}name`} label={m.name} refusal={refusal} autoComplete="off" />
      <Field name={`${prefix}username`} label={m.username} hint={m.usernameHint} refusal={refusal} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      <SelectField name={`${prefix}level`} label={m.learningLevel} refusal={refusal} options={[{ value: "", label: m.notSet }, ...LEVELS.map((level) => ({ value: level, label: m.level(level) }))]} />
      <Field name={`${prefix}pin`} label={m.pin} hint={m.pinHint} refusal={refusal} inputMode="numeric" autoComplete="off" />
    </>
  );
}

export function AdultRows({ count, refusal }: Rows) {
  const { m: { families: m } } = useLanguage();
  return (
    <>
      {numbers(count).map((at) => (
        <fieldset key={at}>
          <legend>{m.adultNumber(at + 1)}</legend>
          <AdultFields prefix={`guardians.${at}.`} refusal={refusal} />
        </fieldset>
      ))}
    </>
  );
}

/** Whom to invite, what they are to the children, and what they may do. */
function AdultFields({ prefix = "", refusal }: { prefix?: string; refusal: Refusal | undefined }) {
  const { m: { families: m } } = useLanguage();
  return (
    <>
      <Field name={`${prefix}name`} label={m.name} refusal={refusal} autoComplete="off" />
      <Field name={`${prefix}email`} label={m.email} hint={m.inviteHint} type="email" refusal={refusal} autoComplete="off" />
      <SelectField name={`${prefix}relationship`} label={m.relationship} refusal={refusal} defaultValue="parent" options={Object.entries(m.relationships).map(([value, label]) => ({ value, label }))} />
      <SelectField name={`${prefix}may`} label={m.may} hint={m.mayHint} refusal={refusal} options={[{ value: "look", label: m.mayLook }, { value: "all", label: m.mayAll }]} />
    </>
  );
}
