import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Chooses the days that a page is about. */
export function RangeForm({ from, to }: { from: string; to: string }) {
  const { m: { activity: m } } = useLanguage();
  return (
    <details>
      <summary>{m.range}</summary>
      <form method="get">
        <Field name="from" type="date" label={m.from} defaultValue={from} />
        <Field name="to" type="date" label={m.to} defaultValue={to} />
        <Button weight="quiet">{m.show}</Button>
      </form>
    </details>
  );
}
