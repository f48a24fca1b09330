import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import type { AuditFilterInput } from "#app/domain/audit/inputs.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Named = { id: string; name: string };

/** Which entries to show: a plain form, so that its answer is an address. */
export function AuditFilter({ asked, actors, person }: { asked: AuditFilterInput; actors: Named[]; person: Named | null }) {
  const { m: { audit: m } } = useLanguage();
  return (
    <details open={Object.keys(asked).length > 0}>
      <summary>{m.filter}</summary>
      <form method="get">
        {person && <label className="choice"><input type="checkbox" name="person" value={person.id} defaultChecked /><span>{m.about(person.name)}</span></label>}
        <SelectField name="actor" label={m.actor} defaultValue={asked.actor ?? ""} options={[{ value: "", label: m.anybody }, ...actors.map(({ id, name }) => ({ value: id, label: name }))]} />
        <SelectField name="action" label={m.action} defaultValue={asked.action ?? ""} options={[{ value: "", label: m.anything }, ...m.actions.map((action) => ({ value: action, label: m.actionName(action) }))]} />
        <Field name="from" type="date" label={m.from} defaultValue={asked.from} />
        <Field name="to" type="date" label={m.to} defaultValue={asked.to} />
        <Button weight="quiet">{m.show}</Button>
        {Object.keys(asked).length > 0 && <ButtonLink href="/admin/audit">{m.all}</ButtonLink>}
      </form>
    </details>
  );
}
