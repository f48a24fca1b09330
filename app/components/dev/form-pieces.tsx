import type { Refusal } from "#app/http/forms.ts";
import { Button } from "../ui/button.tsx";
import { CheckField, ChoiceField, Field, MoneyField, SelectField, TextField } from "../ui/field.tsx";
import { RefusalSummary } from "../ui/refusal-summary.tsx";

const refusal: Refusal = {
  reason: "invalid_input",
  fields: [{ path: "wrong-amount", message: "amount_not_a_number" }, { path: "wrong-policy", message: "not_a_choice" }],
  values: { "wrong-amount": "a lot" },
  extra: {},
};
const policies = [{ value: "any", label: "Any one guardian", hint: "The first to answer decides." }, { value: "all", label: "All guardians" }];

export function FormPieces() {
  return (
    <>
      <h2>A form</h2>
      <form>
        <Field name="name" label="Name" hint="As on the school’s list." defaultValue="Amani Otieno" />
        <MoneyField name="amount" label="Weekly limit" currency="KES" defaultValue="5,000" />
        <SelectField name="level" label="Level" options={[{ value: "grade-5", label: "Grade 5" }, { value: "grade-6", label: "Grade 6" }]} />
        <ChoiceField name="policy" label="Who decides" hint="For amounts from KES 5,000." options={policies} chosen="any" />
        <CheckField name="over" label="Allow over the limit, this once" hint="It is recorded." />
        <TextField name="note" label="Note for Amani (optional)" />
        <Button type="button">Save</Button>
      </form>
      <h2>A form that was refused</h2>
      <RefusalSummary refusal={refusal} />
      <form>
        <MoneyField name="wrong-amount" label="Weekly limit" currency="KES" refusal={withoutFocus(refusal)} />
        <ChoiceField name="wrong-policy" label="Who decides" options={policies} refusal={refusal} />
        <Button type="button">Save</Button>
      </form>
    </>
  );
}

/** The first wrong field of a refusal takes the focus: here, the page would jump to it. */
const withoutFocus = (of: Refusal): Refusal => ({ ...of, fields: [...of.fields].reverse() });
