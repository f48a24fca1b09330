import { DataTable } from "#app/components/ui/data-table.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Books = {
  balanced: boolean;
  entries: number;
  trial: { unit: string; debits: number; credits: number }[];
  problems: { code: string; subject: string; expected: number | null; found: number | null }[];
};

/** The outcome of a verification: the trial balance, and by name whatever does not agree. */
export function BooksVerified({ books: { balanced, entries, trial, problems } }: { books: Books }) {
  const { m: { payments: m }, f } = useLanguage();
  const inUnit = (unit: string, amount: number) => (unit === "minutes" ? f.number(amount) : f.money({ amount, currency: unit }));
  const figure = (value: number | null) => (value === null ? "–" : f.number(value));
  return (
    <>
      <Notice tone={balanced ? "done" : "refused"}>{balanced ? m.booksAgree(f.number(entries)) : m.booksDiffer(f.number(problems.length))}</Notice>
      {problems.length > 0 && (
        <DataTable caption={m.faults} rows={problems} rowKey={(problem) => `${problem.code} ${problem.subject}`} columns={[
          { heading: m.fault, cell: (problem) => m.faultWord[problem.code] ?? problem.code },
          { heading: m.subject, cell: (problem) => problem.subject },
          { heading: m.expected, cell: (problem) => figure(problem.expected), numeric: true },
          { heading: m.found, cell: (problem) => figure(problem.found), numeric: true },
        ]} />
      )}
      <DataTable titled caption={m.trialBalance} rows={trial} rowKey={(row) => row.unit} columns={[
        { heading: m.unit, cell: (row) => (row.unit === "minutes" ? m.unitMinutes : row.unit) },
        { heading: m.debits, cell: (row) => inUnit(row.unit, row.debits), numeric: true },
        { heading: m.credits, cell: (row) => inUnit(row.unit, row.credits), numeric: true },
      ]} />
    </>
  );
}
