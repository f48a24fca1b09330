import type { ReactNode } from "react";

export type Column<Row> = { heading: string; cell: (row: Row) => ReactNode; numeric?: boolean };

/** A table that becomes a stack of cards on a phone; each cell then names its column. `titled`: a heading above says what the caption says, which is then for readers only. */
export function DataTable<Row>({ caption, titled = false, columns, rows, rowKey }: { caption: string; titled?: boolean; columns: Column<Row>[]; rows: Row[]; rowKey: (row: Row) => string }) {
  return (
    <table className="data">
      <caption className={titled ? "for-readers" : undefined}>{caption}</caption>
      <thead><tr>{columns.map((column) => <th key={column.heading} scope="col" data-numeric={column.numeric}>{column.heading}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>{columns.map((column) => <td key={column.heading} data-label={column.heading} data-numeric={column.numeric}>{column.cell(row)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}
