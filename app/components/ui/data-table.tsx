import type { ReactNode } from "react";

export type Column<Row> = { heading: string; cell: (row: Row) => ReactNode; numeric?: boolean };

/** A table that becomes a stack of cards on a phone; each cell then names its column. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: { caption: string; columns: Column<Row>[]; rows: Row[]; rowKey: (row: Row) => string }) {
  return (
    <table className="data">
      <caption>{caption}</caption>
      <thead><tr>{columns.map((column) => <th key={column.heading} scope="col" data-numeric={column.numeric}>{column.heading}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>{columns.map((column) => <td key={column.heading} data-label={column.heading} data-numeric={column.numeric}>{column.cell(row)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}
