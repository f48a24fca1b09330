import type { BookingRow } from "#app/domain/lessons/answer-booking.server.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Question = Pick<BookingRow, "id" | "lessonId" | "kind" | "requester" | "message" | "startsAt" | "endsAt" | "stands" | "expiresAt" | "student" | "teacher" | "subject" | "usesHours">;

/** A question about a lesson that waits for the reader: what, by when, what each answer does. */
export function BookingCard({ booking, refusal }: { booking: Question; refusal: Refusal | undefined }) {
  const { m: { bookings: m } } = useLanguage();
  return (
    <Card title={m.titleOf[booking.kind](booking.subject, booking.student ?? "")} href={`/schedule/${booking.lessonId}`} tag={<Tag tone="waiting">{m.waits}</Tag>}>
      <BookingAnswer booking={booking} refusal={refusal} />
    </Card>
  );
}

/** The same without the card, for the lesson's own page. Its forms go to /approvals, wherever it stands. */
export function BookingAnswer({ booking, refusal }: { booking: Question; refusal?: Refusal | undefined }) {
  const { m: { bookings: m, home }, f } = useLanguage();
  const { id, kind, requester, message, startsAt, endsAt, stands, expiresAt, usesHours } = booking;
  const minutes = (endsAt - startsAt) / 60_000;
  return (
    <>
      <p>{kind === "move" ? m.wouldMove(f.dateTime(stands), f.dateTime(startsAt), minutes) : m.wouldBe(f.dateTime(startsAt), minutes, booking.teacher)}</p>
      {message && <p>{m.says(requester ?? "", message)}</p>}
      <p className="hint">{m.by(f.until(expiresAt))} {m.ifNothing[kind]}</p>
      <p>{m.ifYes[kind]}{usesHours && ` ${m.hoursHeld(home.timeSpent(minutes))}`}</p>
      <form method="post" action="/approvals">
        <input type="hidden" name="bookingId" value={id} />
        <Button name="outcome" value="approved">{m.yes[kind]}</Button>
      </form>
      <details open={refusal?.values.outcome === "denied"}>
        <summary>{m.orNo}</summary>
        <p>{m.ifNo[kind]}</p>
        <form method="post" action="/approvals">
          <input type="hidden" name="bookingId" value={id} />
          <TextField name="reason" label={m.reason} hint={m.reasonHint} maxLength={300} refusal={refusal} />
          <Button weight="danger" name="outcome" value="denied">{m.no}</Button>
        </form>
      </details>
    </>
  );
}
