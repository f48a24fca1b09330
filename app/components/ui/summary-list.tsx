import type { ReactNode } from "react";

type SummaryRow = { term: string; value: ReactNode; action?: { href: string; label: string } };

export function SummaryList({ rows }: { rows: SummaryRow[] }) {
  return (
    <dl className="summary">
      {rows.map((row) => (
        <div key={row.term}>
          <dt>{row.term}</dt>
          <dd>{row.value}{row.action && <a href={row.action.href}>{row.action.label}<span className="for-readers"> {row.term}</span></a>}</dd>
        </div>
      ))}
    </dl>
  );
}
