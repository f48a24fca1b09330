import { MessageList } from "#app/components/conversations/message-list.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { ReadReport } from "#app/domain/moderation/read-reports.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What was reported, by whom and why, with what stands around it. */
export function ReportedMessage({ report }: { report: ReadReport }) {
  const { m: { moderation: m }, f } = useLanguage();
  const { kind, child, author, writtenAt, reporter, reason, words, text, around, status, decider, note } = report;
  const rows = [[m.reason, m.reasons[reason]], [m.itsWords, words], [m.reporter, reporter], [m.where, m.kinds[kind] ?? kind], [m.aboutChild, child], [m.writer, author ?? m.gone], [m.writtenAt, f.dateTime(writtenAt)], [m.by, decider && `${decider}: ${m.status[status]}`], [m.note, note]] as const;
  return (
    <>
      <SummaryList rows={rows.flatMap(([term, value]) => (value ? [{ term, value: <bdi>{value}</bdi> }] : []))} />
      <h2>{m.message}</h2>
      {text === null ? <p>{m.forgotten}</p> : <blockquote dir="auto">{text.split("\n").map((line, index) => <p key={index}>{line}</p>)}</blockquote>}
      {around.length > 0 && <><h2>{m.around}</h2><MessageList items={around} seen={0} /></>}
      {child && <p className="hint">{m.noted}</p>}
    </>
  );
}
