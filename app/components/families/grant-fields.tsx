import { CheckField, ChoiceField } from "#app/components/ui/field.tsx";
import { PRESETS, RIGHT_NAMES, type Preset } from "#app/domain/families/presets.ts";
import type { Rights } from "#app/domain/actor.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What somebody may: one of the usual choices or, with `held`, right by right. */
export function GrantFields({ chosen, held, refusal }: { chosen: Preset | null; held?: Rights; refusal: Refusal | undefined }) {
  const { m: { kin: m } } = useLanguage();
  const presets = PRESETS.map((preset) => ({ value: preset as string, label: m.presets[preset], hint: m.presetHints[preset] }));
  return (
    <>
      <ChoiceField name="preset" label={m.may} refusal={refusal} chosen={chosen ?? "own"} options={held ? [...presets, { value: "own", label: m.ownChoice, hint: m.ownChoiceHint }] : presets} />
      {held && <RightFields label={m.ownChoice} held={held} refusal={refusal} />}
    </>
  );
}

/** The four rights as boxes. `within`: only those that somebody holds can be given on. */
export function RightFields({ label, held, within, refusal }: { label: string; held?: Rights; within?: Rights; refusal: Refusal | undefined }) {
  const { m: { families: m } } = useLanguage();
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      {RIGHT_NAMES.filter((right) => !within || within[right]).map((right) => <CheckField key={right} name={right} label={m.rights[right]} checked={held?.[right] ?? false} refusal={refusal} />)}
    </fieldset>
  );
}
