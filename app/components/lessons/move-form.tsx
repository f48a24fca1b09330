import { Button } from "#app/components/ui/button.tsx";
import { SelectField, TextField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Props = { page: { times: { startsAt: number; typed: string }[]; waits: boolean }; zone: string; refusal: Refusal | undefined };

/** Another time for a lesson, and what asking for it does. */
export function MoveForm({ page: { times, waits }, zone, refusal }: Props) {
  const { m: { bookings: m }, f } = useLanguage();
  return (
    <form method="post">
      <SelectField name="localStart" label={m.moveTo} hint={m.whenHint(zone)} refusal={refusal} options={times.map(({ startsAt, typed }) => ({ value: typed, label: f.dateTime(startsAt) }))} />
      <TextField name="message" label={m.message} hint={m.messageHint} maxLength={300} refusal={refusal} />
      <p>{waits ? m.willAskToMove : m.movesAtOnce}</p>
      <Button>{waits ? m.move : m.moveNow}</Button>
    </form>
  );
}
