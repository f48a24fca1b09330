import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import type { Refusal } from "#app/http/forms.ts";
import { useProblems } from "#app/i18n/use-messages.ts";

type Around = { name: string; label: ReactNode; hint?: ReactNode; refusal?: Refusal | undefined };

const describedBy = (name: string, hint: ReactNode, problem: unknown) => [hint ? `${name}-hint` : "", problem ? `${name}-problem` : ""].filter(Boolean).join(" ") || undefined;

/** Label above, hint, what is wrong, then the control; what was typed is still there after a refusal, and the first wrong field has the focus. */
function Labelled({ name, label, hint, refusal, children }: Around & { children: (control: { id: string; name: string; "aria-describedby"?: string; "aria-invalid"?: true; autoFocus?: true; defaultValue?: string }) => ReactNode }) {
  const say = useProblems();
  const problem = refusal?.fields.find((field) => field.path === name);
  const described = describedBy(name, hint, problem);
  const typed = refusal?.values[name];
  return (
    <div className="field" data-wrong={problem ? true : undefined}>
      <label htmlFor={name}>{label}</label>
      {hint && <p className="hint" id={`${name}-hint`}>{hint}</p>}
      {problem && <p className="problem" id={`${name}-problem`}>{say(problem.message)}</p>}
      {children({
        id: name,
        name,
        ...(described ? { "aria-describedby": described } : {}),
        ...(problem ? { "aria-invalid": true } : {}),
        ...(problem && refusal?.fields[0] === problem ? { autoFocus: true } : {}),
        ...(typed === undefined ? {} : { defaultValue: typed }),
      })}
    </div>
  );
}

export function Field({ name, label, hint, refusal, ...input }: Around & Omit<InputHTMLAttributes<HTMLInputElement>, "name">) {
  return <Labelled name={name} label={label} hint={hint} refusal={refusal}>{(control) => <input {...input} {...control} />}</Labelled>;
}

export function TextField({ name, label, hint, refusal, ...area }: Around & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name">) {
  return <Labelled name={name} label={label} hint={hint} refusal={refusal}>{(control) => <textarea rows={3} {...area} {...control} />}</Labelled>;
}

/** An amount as typed, with its currency before it. */
export function MoneyField({ currency, name, label, hint, refusal, ...input }: Around & { currency: string } & Omit<InputHTMLAttributes<HTMLInputElement>, "name">) {
  return (
    <Labelled name={name} label={label} hint={hint} refusal={refusal}>
      {(control) => <span className="money-field"><span aria-hidden="true">{currency}</span><input inputMode="decimal" autoComplete="off" {...input} {...control} /></span>}
    </Labelled>
  );
}

export function SelectField({ name, label, hint, refusal, options, ...select }: Around & { options: { value: string; label: string }[] } & Omit<SelectHTMLAttributes<HTMLSelectElement>, "name">) {
  return (
    <Labelled name={name} label={label} hint={hint} refusal={refusal}>
      {(control) => <select {...select} {...control}>{options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}</select>}
    </Labelled>
  );
}

/** One of a few, all in sight. The first carries the field's id, so that a summary's link lands on something one can act on. */
export function ChoiceField({ name, label, hint, refusal, options, chosen }: Around & { options: { value: string; label: string; hint?: string }[]; chosen?: string }) {
  const say = useProblems();
  const problem = refusal?.fields.find((field) => field.path === name);
  const value = refusal?.values[name] ?? chosen;
  return (
    <fieldset className="field" data-wrong={problem ? true : undefined} aria-describedby={describedBy(name, hint, problem)}>
      <legend>{label}</legend>
      {hint && <p className="hint" id={`${name}-hint`}>{hint}</p>}
      {problem && <p className="problem" id={`${name}-problem`}>{say(problem.message)}</p>}
      {options.map((option, index) => (
        <label className="choice" key={option.value}>
          <input type="radio" id={index === 0 ? name : undefined} name={name} value={option.value} defaultChecked={option.value === value} />
          <span>{option.label}{option.hint && <small>{option.hint}</small>}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function CheckField({ name, label, hint, refusal, checked, value = "yes" }: Around & { checked?: boolean; value?: string }) {
  const say = useProblems();
  const problem = refusal?.fields.find((field) => field.path === name);
  return (
    <div className="field" data-wrong={problem ? true : undefined}>
      {problem && <p className="problem" id={`${name}-problem`}>{say(problem.message)}</p>}
      <label className="choice">
        <input type="checkbox" id={name} name={name} value={value} aria-describedby={describedBy(name, undefined, problem)} aria-invalid={problem ? true : undefined} defaultChecked={refusal ? refusal.values[name] === value : checked} />
        <span>{label}{hint && <small>{hint}</small>}</span>
      </label>
    </div>
  );
}
