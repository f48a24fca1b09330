import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { LEVELS } from "#app/domain/families/levels.ts";
import type { PersonPage } from "#app/domain/people/person-page.server.ts";
import { ROLES, STAFF_ROLES } from "#app/domain/schools/roles.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { SubjectChoices } from "./newcomer-fields.tsx";

type About = { schoolId: string; page: Pick<PersonPage, "person" | "subjects" | "owns">; refusal: Refusal | undefined };

/** Changes what the reader may change: name and sign-in only of accounts that the school answers for. */
export function ChangePersonForm({ schoolId, page: { person, subjects }, refusal }: About) {
  const { m: { people: m, families } } = useLanguage();
  const { managed, kind, notShared } = person;
  const seesProfile = kind === "child" && !notShared.includes("profile");
  const seesContact = !notShared.includes("contact");
  const fields = [
    ...(managed ? ["name", "username", ...(seesContact ? ["email", "phone"] : []), ...(seesProfile ? ["birthDate"] : [])] : []),
    ...(kind === "child" ? ["level", ...(seesProfile ? ["number", "goal"] : [])] : ["specialisation", "subjectIds"]),
  ];
  const labels: Record<string, string> = { name: m.name, username: m.username, email: m.email, phone: m.phone, birthDate: m.birthDate, number: m.number, goal: m.goal, specialisation: m.specialisation };
  const values = person as unknown as Record<string, string | null>;
  return (
    <form method="post" className="card">
      <h2>{m.change}</h2>
      {!managed && <p className="hint">{m.notManaged}</p>}
      <input type="hidden" name="schoolId" value={schoolId} />
      <input type="hidden" name="fields" value={fields.join(" ")} />
      {fields.filter((field) => labels[field]).map((field) => <Field key={field} name={field} label={labels[field]} defaultValue={values[field] ?? ""} refusal={refusal} autoComplete="off" autoCapitalize={field === "username" ? "none" : undefined} />)}
      {kind === "child" && <SelectField name="level" label={m.level} refusal={refusal} defaultValue={person.level ?? ""} options={[{ value: "", label: families.notSet }, ...LEVELS.map((level) => ({ value: level, label: families.level(level) }))]} />}
      {kind === "adult" && <SubjectChoices subjects={subjects} chosen={person.subjectIds} refusal={refusal} />}
      <Button name="act" value="change">{m.save}</Button> <ButtonLink href={`/admin/people/${person.userId}`}>{m.keep}</ButtonLink>
    </form>
  );
}

/** What somebody is at the school, and what they could be. */
export function RoleForms({ schoolId, page: { person, owns }, refusal }: About) {
  const { m: { people: m } } = useLanguage();
  const held = person.roles.map(({ role }) => role);
  const further = (person.kind === "child" ? [] : [...STAFF_ROLES, "parent" as const]).filter((role) => !held.includes(role) && (owns || role !== "school_owner"));
  return (
    <section>
      <h2>{m.rolesTitle}</h2>
      <ul className="rows">
        {ROLES.filter((role) => held.includes(role)).map((role) => (
          <li key={role}>
            <p>{m.roles[role]}</p>
            {held.length > 1 && (owns || role !== "school_owner") && (
              <form method="post">
                <input type="hidden" name="schoolId" value={schoolId} /><input type="hidden" name="role" value={role} />
                <Button weight="quiet" name="act" value="remove-role">{m.removeRole}<span className="for-readers"> {m.roles[role]}</span></Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {further.length > 0 && person.active && (
        <form method="post">
          <input type="hidden" name="schoolId" value={schoolId} />
          <SelectField name="role" label={m.addRole} refusal={refusal} options={further.map((role) => ({ value: role, label: m.roles[role] }))} />
          <Button weight="quiet" name="act" value="add-role">{m.addRole}</Button>
        </form>
      )}
    </section>
  );
}

/** A new way in, for an account that the school answers for. */
export function SignInForm({ schoolId, hasEmail }: { schoolId: string; hasEmail: boolean }) {
  const { m: { people: m } } = useLanguage();
  return (
    <form method="post" className="card">
      <h2>{m.signInTitle}</h2>
      <p>{m.resetText}</p>
      <input type="hidden" name="schoolId" value={schoolId} />
      <Button weight="quiet" name="act" value="credential">{m.resetBy.credential}</Button> {hasEmail && <Button weight="quiet" name="act" value="link">{m.resetBy.link}</Button>}
    </form>
  );
}
