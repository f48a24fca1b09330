import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, SelectField, TextField } from "#app/components/ui/field.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import type { BookingPage } from "#app/domain/lessons/booking-page.server.ts";
import { LENGTHS } from "#app/domain/lessons/free-times.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** How long, then when, then what the booking does. */
export function BookingForm({ page, chosen, refusal, zone }: { page: BookingPage; chosen: NonNullable<BookingPage["chosen"]>; refusal: Refusal | undefined; zone: string }) {
  const { m: { bookings: m, home }, f } = useLanguage();
  const enough = chosen.minutesFree >= page.minutes;
  return (
    <>
      <form method="get">
        <input type="hidden" name="child" value={page.childId} /><input type="hidden" name="enrolment" value={chosen.id} />
        <SelectField name="minutes" label={m.lengthOf} defaultValue={String(page.minutes)} options={LENGTHS.map((length) => ({ value: String(length), label: m.length(length) }))} />
        <Button weight="quiet">{m.show}</Button>
      </form>
      <p>{m.hoursFree(home.timeSpent(chosen.minutesFree))} {m.hoursNeeded(home.timeSpent(page.minutes))}</p>
      {!enough && <p>{m.tooFew} <a href={`/shop?studentId=${page.childId}`}>{m.toShop}</a></p>}
      {chosen.times.length === 0 ? <EmptyState title={m.noTimesTitle}><p>{m.noTimesText(chosen.teacher)}</p></EmptyState> : (
        <form method="post">
          <input type="hidden" name="enrolmentId" value={chosen.id} /><input type="hidden" name="minutes" value={page.minutes} />
          <SelectField name="localStart" label={m.when} hint={m.whenHint(zone)} refusal={refusal} options={chosen.times.map(({ startsAt, typed }) => ({ value: typed, label: f.dateTime(startsAt) }))} />
          <TextField name="message" label={m.message} hint={m.messageHint} maxLength={300} refusal={refusal} />
          <p>{page.waits ? m.willAsk : m.atOnce}</p>
          <Button name="act" value="book">{page.waits ? m.ask : m.book}</Button>
        </form>
      )}
    </>
  );
}

/** Whether what the child books waits for a guardian. */
export function BookingRulesForm({ name, approvalNeeded, refusal }: { name: string; approvalNeeded: boolean; refusal: Refusal | undefined }) {
  const { m: { bookings: m } } = useLanguage();
  return (
    <section>
      <h2>{m.rulesTitle(name)}</h2>
      <form method="post">
        <ChoiceField name="approvalNeeded" label={m.rulesLabel} hint={m.rulesHint} refusal={refusal} chosen={approvalNeeded ? "yes" : "no"} options={[{ value: "yes", label: m.rules.ask }, { value: "no", label: m.rules.free }]} />
        <Button weight="quiet" name="act" value="rules">{m.rulesSave}</Button>
      </form>
    </section>
  );
}
