import { Field, MoneyField, SelectField, TextField } from "#app/components/ui/field.tsx";
import { typedAmount } from "#app/domain/money.ts";
import type { PlanOnPage } from "#app/domain/schools/plans-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A plan to be offered or changed; its kind is chosen once. */
export function PlanFields({ plan, currency, refusal }: { plan?: PlanOnPage; currency: string; refusal: Refusal | undefined }) {
  const { m: { schools: m } } = useLanguage();
  return (
    <>
      <input type="hidden" name="currency" value={currency} />
      <Field name="name" label={m.name} refusal={refusal} defaultValue={plan?.name} autoComplete="off" required />
      <TextField name="description" label={m.description} refusal={refusal} defaultValue={plan?.description} />
      {!plan && <SelectField name="kind" label={m.kind} refusal={refusal} options={Object.entries(m.kinds).map(([value, label]) => ({ value, label }))} />}
      <MoneyField name="price" label={m.price} currency={currency} refusal={refusal} defaultValue={plan && typedAmount({ amount: plan.price, currency })} required />
      {(!plan || plan.kind === "hours") && <Field name="hours" label={m.hours} hint={m.hoursHint} refusal={refusal} defaultValue={plan?.minutes ? plan.minutes / 60 : undefined} inputMode="decimal" />}
    </>
  );
}
