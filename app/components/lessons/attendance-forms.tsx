import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import type { AttendancePage } from "#app/domain/lessons/attendance-page.server.ts";
import { ATTENDANCE } from "#app/domain/lessons/attendance-rules.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Asked = { page: AttendancePage; refusal: Refusal | undefined };

/** Who was there, as the teacher saw it. */
export function TakeForm({ page: { outcome, lesson }, refusal }: Asked) {
  const { m: { attendance: m } } = useLanguage();
  return (
    <form method="post">
      <h2>{outcome ? m.changeTitle : m.takeTitle}</h2>
      <ChoiceField name="status" label={m.attendance} refusal={refusal} {...(outcome ? { chosen: outcome.status } : {})} options={ATTENDANCE.map((status) => ({ value: status, label: m.status[status], ...(lesson.usesHours ? { hint: m.uses[status] } : {}) }))} />
      <Field name="minutesLate" label={m.minutesLate} hint={m.minutesLateHint} inputMode="numeric" refusal={refusal} defaultValue={outcome?.minutesLate ?? ""} />
      <TextField name="note" label={m.note} hint={m.noteHint} maxLength={2000} refusal={refusal} defaultValue={outcome?.note ?? ""} />
      <p>{m.takeEffect}</p>
      <Button name="act" value="take">{m.take}</Button>
    </form>
  );
}

/** The family's word. */
export function AnswerForms({ refusal }: Asked) {
  const { m: { attendance: m } } = useLanguage();
  return (
    <>
      <form method="post"><h2>{m.answerTitle}</h2><p>{m.confirmEffect}</p><Button name="act" value="confirm">{m.confirm}</Button></form>
      <details open={refusal?.values.act === "dispute"}>
        <summary>{m.orDispute}</summary>
        <p>{m.disputeEffect}</p>
        <form method="post" noValidate>
          <TextField name="reason" label={m.disputeLabel} required maxLength={500} refusal={refusal} />
          <Button weight="danger" name="act" value="dispute">{m.dispute}</Button>
        </form>
      </details>
    </>
  );
}

/** What the administration finds. */
export function ResolveForm({ page: { outcome }, refusal }: Asked) {
  const { m: { attendance: m } } = useLanguage();
  return (
    <form method="post">
      <h2>{m.resolveTitle}</h2>
      <ChoiceField name="resolution" label={m.found} refusal={refusal} options={[{ value: "stands", label: m.resolution.stands, hint: m.resolveEffect.stands }, { value: "corrected", label: m.resolution.corrected, hint: m.resolveEffect.corrected }]} />
      <SelectField name="status" label={m.correctTo} hint={m.correctHint} refusal={refusal} options={[{ value: "", label: m.unchanged(outcome ? m.status[outcome.status] : "") }, ...ATTENDANCE.map((status) => ({ value: status, label: m.status[status] }))]} />
      <Button name="act" value="resolve">{m.resolve}</Button>
    </form>
  );
}

/** Gives back what the lesson used up. */
export function MakeUpForm({ page: { lesson }, refusal }: Asked) {
  const { m: { attendance: m }, f } = useLanguage();
  return (
    <details open={refusal?.values.act === "make-up"}>
      <summary>{m.makeUpTitle}</summary>
      <p>{m.makeUpEffect(f.number(lesson.minutes / 60), lesson.student)}</p>
      <form method="post" noValidate>
        <TextField name="reason" label={m.makeUpReason} required maxLength={300} refusal={refusal} />
        <Button name="act" value="make-up">{m.makeUp}</Button>
      </form>
    </details>
  );
}
