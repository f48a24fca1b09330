import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { AttendancePage } from "#app/domain/lessons/attendance-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What was written about a lesson, what the family says, and what becomes of the hours. */
export function AttendancePanel({ page }: { page: AttendancePage }) {
  const { m: { attendance: m }, f } = useLanguage();
  const { lesson, outcome, madeUpAt, willUse } = page;
  if (!outcome) return <p>{m.nothingYet}</p>;
  const hours = lesson.hours ?? (outcome.settledAt === null ? null : "none");
  return (
    <SummaryList rows={[
      { term: m.attendance, value: `${m.status[outcome.status]}${outcome.minutesLate ? `, ${m.late(outcome.minutesLate)}` : ""}` },
      { term: m.writtenBy, value: `${outcome.taker ?? ""}, ${f.dateTime(outcome.takenAt)}` },
      ...(outcome.note ? [{ term: m.note, value: outcome.note }] : []),
      { term: m.family, value: outcome.answer === null ? (outcome.settledAt === null ? m.until(f.until(outcome.confirmUntil)) : m.saidNothing) : m.answered[outcome.answer](outcome.answerer ?? "") },
      ...(outcome.dispute ? [{ term: m.disputeReason, value: outcome.dispute }] : []),
      ...(outcome.resolution ? [{ term: m.found, value: m.resolution[outcome.resolution] }] : []),
      ...(lesson.usesHours ? [{ term: m.hours, value: madeUpAt !== null ? m.madeUp : hours === "consumed" || hours === "released" ? m.was[hours](f.number(lesson.minutes / 60)) : outcome.answer === "disputed" && outcome.resolution === null ? m.heldForDispute : m.will[willUse ?? "released"](f.number(lesson.minutes / 60)) }] : []),
    ]} />
  );
}
