import { MessageList } from "#app/components/conversations/message-list.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { ReadReport } from "#app/domain/moderation/read-reports.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What was said, who reported it and why, and what stands around it. */
export function ReportedMessage({ report }: { report: ReadReport }) {
  const { m: { moderation: m }, f } = useLanguage();
  const { kind, child, author, writtenAt, reporter, reason, words, text, around, status, decider, note } = report;
  const rows = [[m.reason, m.reasons[reason]], [m.itsWords, words], [m.reporter, reporter], [m.where, m.kinds[kind] ?? kind], [m.aboutChild, child], [m.by, decider && `${decider}: ${m.status[status]}`], [m.note, note]] as const;
  return (
    <>
      <Card title={<bdi>{author ?? m.gone}</bdi>}>
        {text === null ? <p>{m.forgotten}</p> : <p className="prewrapped" dir="auto">{text}</p>}
        <p className="hint">{f.dateTime(writtenAt)}</p>
      </Card>
      <SummaryList rows={rows.flatMap(([term, value]) => (value ? [{ term, value: <bdi>{value}</bdi> }] : []))} />
      {around.length > 0 && <><h2>{m.around}</h2><MessageList items={around} seen={0} /></>}
      {child && <p className="hint">{m.noted}</p>}
    </>
  );
}
