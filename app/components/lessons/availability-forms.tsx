import { Button } from "#app/components/ui/button.tsx";
import { Field, SelectField } from "#app/components/ui/field.tsx";
import { keyOf, type AvailabilityInput } from "#app/domain/lessons/availability-inputs.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Asked = { of: AvailabilityInput; refusal: Refusal | undefined };

/** A row with the way to take it out. */
function Removable({ label, act, of, schoolId }: { label: string; act: string; of: string; schoolId: string }) {
  const { m: { availability: m } } = useLanguage();
  return <li className="lead"><span>{label}</span><form method="post"><input type="hidden" name="schoolId" value={schoolId} /><input type="hidden" name="key" value={of} /><Button weight="link" name="act" value={act}>{m.remove}<span className="for-readers"> {label}</span></Button></form></li>;
}

/** The weekly windows; a zone is named where it is not the reader's. */
export function Windows({ of: { schoolId, windows }, refusal, zone }: Asked & { zone: string }) {
  const { m: { availability: m } } = useLanguage();
  const labelOf = ({ weekday, localStart, localEnd, timeZone }: (typeof windows)[number]) => `${m.weekdays[weekday - 1]} ${m.fromTo(localStart, localEnd)}${timeZone && timeZone !== zone ? ` (${timeZone})` : ""}`;
  return (
    <section>
      <h2>{m.windows}</h2>
      {windows.length === 0 ? <p>{m.noWindows}</p> : <ul className="rows">{windows.map((window, index) => <Removable key={index} label={labelOf(window)} act="remove-window" of={keyOf(window)} schoolId={schoolId} />)}</ul>}
      <form method="post">
        <input type="hidden" name="schoolId" value={schoolId} />
        <SelectField name="weekday" label={m.weekday} refusal={refusal} options={m.weekdays.map((label, index) => ({ value: String(index + 1), label }))} />
        <Field name="localStart" label={m.from} type="time" required refusal={refusal} defaultValue="14:00" />
        <Field name="localEnd" label={m.to} type="time" required refusal={refusal} defaultValue="18:00" />
        <Button name="act" value="add-window">{m.addWindow}</Button>
      </form>
    </section>
  );
}

/** Days away. */
export function Absences({ of: { schoolId, absences }, refusal }: Asked) {
  const { m: { availability: m }, f } = useLanguage();
  const lastDay = (endsOn: string) => new Date(Date.parse(endsOn) - 86_400_000).toISOString().slice(0, 10);
  const labelOf = ({ startsOn, endsOn }: (typeof absences)[number]) => (startsOn === lastDay(endsOn) ? f.date(startsOn) : m.fromTo(f.date(startsOn), f.date(lastDay(endsOn))));
  return (
    <section>
      <h2>{m.absences}</h2>
      {absences.length > 0 && <ul className="rows">{absences.map((absence, index) => <Removable key={index} label={labelOf(absence)} act="remove-absence" of={keyOf(absence)} schoolId={schoolId} />)}</ul>}
      <form method="post">
        <input type="hidden" name="schoolId" value={schoolId} />
        <Field name="startsOn" label={m.firstDay} type="date" required refusal={refusal} />
        <Field name="lastDay" label={m.lastDay} type="date" required refusal={refusal} />
        <p>{m.absenceEffect}</p>
        <Button weight="quiet" name="act" value="add-absence">{m.addAbsence}</Button>
      </form>
    </section>
  );
}
