import { DataTable } from "#app/components/ui/data-table.tsx";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

type Row = { part: string; line: number; about: string; problem: string | null };

/** Which rows were not taken, and why, as one finds them in the spreadsheet. */
export function RefusedRows({ rows }: { rows: Row[] }) {
  const { m: { imports: m }, f } = useLanguage();
  const say = useProblems();
  if (rows.length === 0) return <p>{m.noneRefused}</p>;
  const inParts = rows.some((row) => row.part !== "");
  return (
    <DataTable titled caption={m.refused} rows={rows} rowKey={(row) => `${row.part}:${row.line}`} columns={[
      ...(inParts ? [{ heading: m.part, cell: (row: Row) => `${row.part}.csv` }] : []),
      { heading: m.line, numeric: true, cell: (row) => f.number(row.line) },
      { heading: m.row, cell: (row) => row.about },
      { heading: m.reason, cell: (row) => say(row.problem ?? "") },
    ]} />
  );
}
