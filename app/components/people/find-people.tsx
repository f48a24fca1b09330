import { Button } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { LEVELS } from "#app/domain/families/levels.ts";
import type { ListPeopleInput } from "#app/domain/people/inputs.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Looks for people: words first; what is rarer stands behind a fold. */
export function FindPeople({ asked, assign }: { asked: ListPeopleInput; assign: string | null }) {
  const { m: { people: m, families } } = useLanguage();
  const choices = <T extends string>(words: Record<T, string>) => Object.entries<string>(words).map(([value, label]) => ({ value, label }));
  const narrowed = asked.status !== "active" || asked.level !== undefined || asked.sort !== "name";
  return (
    <form method="get">
      <input type="hidden" name="role" value={asked.role} />
      {assign && <input type="hidden" name="assign" value={assign} />}
      <Field name="q" label={m.search} hint={m.searchHint} type="search" defaultValue={asked.q} autoComplete="off" />
      <details open={narrowed}>
        <summary>{m.narrow}</summary>
        {asked.role === "student" && <SelectField name="level" label={m.level} defaultValue={asked.level ?? ""} options={[{ value: "", label: m.anyLevel }, ...LEVELS.map((level) => ({ value: level, label: families.level(level) }))]} />}
        <SelectField name="status" label={m.status} defaultValue={asked.status} options={choices(m.statuses)} />
        <SelectField name="sort" label={m.sort} defaultValue={asked.sort} options={choices(m.sorts)} />
      </details>
      <Button weight="quiet">{m.find}</Button>
    </form>
  );
}
