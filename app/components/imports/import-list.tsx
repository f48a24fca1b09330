import { DataTable } from "#app/components/ui/data-table.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { Tone } from "#app/components/ui/notice.tsx";
import type { loadImports } from "#app/domain/schools/imports/read-imports.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Record = Awaited<ReturnType<typeof loadImports>>["items"][number];
const TONES = { waiting: "waiting", running: "waiting", done: "done", failed: "refused" } satisfies { [state: string]: Tone };

export function ImportList({ imports }: { imports: Record[] }) {
  const { m: { imports: m }, f } = useLanguage();
  if (imports.length === 0) return <EmptyState title={m.none}><p>{m.noneText}</p></EmptyState>;
  return (
    <DataTable titled caption={m.before} rows={imports} rowKey={(record) => record.id} columns={[
      { heading: m.file, cell: (record) => <a href={`/admin/imports/${record.id}`}>{record.fileName || m.kinds[record.kind]}</a> },
      { heading: m.when, cell: (record) => f.dateTime(record.createdAt) },
      { heading: m.rows, numeric: true, cell: (record) => f.number(record.total) },
      { heading: m.outcomes.refused, numeric: true, cell: (record) => f.number(record.refused) },
      { heading: m.state, cell: (record) => <><Tag tone={TONES[record.status]}>{m.states[record.status]}</Tag>{record.dryRun && <> {m.dryRun}</>}</> },
    ]} />
  );
}
