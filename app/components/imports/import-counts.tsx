import { ProgressMeter } from "#app/components/charts/progress-meter.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { OUTCOMES, type Outcome } from "#app/domain/schools/imports/outcomes.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

type Facts = Record<Outcome, number> & { id: string; dryRun: boolean; status: "waiting" | "running" | "done" | "failed"; failure: string | null; fileKept: boolean; total: number; handled: number };

/** How far it is, what became of the rows, and what can be done now. */
export function ImportCounts({ record }: { record: Facts }) {
  const { m: { imports: m }, f } = useLanguage();
  const counts = { created: f.number(record.created), changed: f.number(record.changed), already: f.number(record.already), refused: f.number(record.refused) };
  return (
    <>
      <State record={record} counts={counts} />
      <SummaryList rows={OUTCOMES.map((outcome) => ({ term: m.outcomes[outcome], value: counts[outcome] }))} />
    </>
  );
}

function State({ record, counts }: { record: Facts; counts: Record<Outcome, string> }) {
  const { m: { imports: m }, f } = useLanguage();
  const say = useProblems();
  if (record.status === "failed") return <Notice tone="refused" title={m.failedTitle}><p>{say(record.failure ?? "invalid")}</p><p>{m.failedText}</p>{record.fileKept ? <form method="post"><Button name="act" value="again">{m.again}</Button></form> : <p>{m.sendAgain}</p>}</Notice>;
  if (record.status !== "done") {
    return (
      <Notice tone="waiting" title={m.underway}>
        <ProgressMeter label={m.rows} text={m.progress(f.number(record.handled), f.number(record.total))} value={record.handled} max={record.total} />
        <ButtonLink href={`/admin/imports/${record.id}`}>{m.reload}</ButtonLink>
      </Notice>
    );
  }
  if (!record.dryRun) return <Notice tone="done" title={m.doneTitle}><p>{m.was(counts)}</p><p>{m.asked}</p></Notice>;
  return (
    <Notice title={m.tried}>
      <p>{m.wouldBe(counts)}</p>
      {record.created + record.changed > 0 && (record.fileKept ? <form method="post"><Button name="act" value="real">{m.forReal}</Button></form> : <p>{m.sendAgain}</p>)}
    </Notice>
  );
}
