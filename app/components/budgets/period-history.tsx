import { used, type EffectiveRules, type Usage } from "#app/domain/budgets/rules.ts";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Row = { kind: "week" | "month"; startsOn: string; usage: Usage };

/** What earlier weeks and months held. */
export function PeriodHistory({ periods, currency }: { periods: Row[]; rules: EffectiveRules; currency: string }) {
  const { m, f } = useLanguage();
  const weeks = periods.filter((period) => period.kind === "week" && used(period.usage) !== 0);
  if (weeks.length === 0) return null;
  return (
    <section>
      <h2>{m.budgets.history}</h2>
      <DataTable caption={m.budgets.historyCaption.week} rows={weeks} rowKey={(row) => row.startsOn}
        columns={[
          { heading: m.budgets.from, cell: (row) => f.date(row.startsOn) },
          { heading: m.budgets.spent, numeric: true, cell: (row) => <Money of={{ amount: row.usage.spent, currency }} /> },
          { heading: m.budgets.reserved, numeric: true, cell: (row) => <Money of={{ amount: row.usage.reserved, currency }} /> },
        ]} />
    </section>
  );
}
