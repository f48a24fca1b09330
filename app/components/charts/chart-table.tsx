import type { ReactNode } from "react";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** The figures of a drawing for whoever reads tables better, behind a tap. */
export function ChartTable({ columns, rows }: { columns: [string, string]; rows: { label: ReactNode; text: ReactNode }[] }) {
  const { m } = useLanguage();
  return (
    <details>
      <summary>{m.shell.showTable}</summary>
      <table>
        <thead><tr><th scope="col">{columns[0]}</th><th scope="col" data-numeric>{columns[1]}</th></tr></thead>
        <tbody>{rows.map((row, index) => <tr key={index}><th scope="row">{row.label}</th><td data-numeric>{row.text}</td></tr>)}</tbody>
      </table>
    </details>
  );
}
