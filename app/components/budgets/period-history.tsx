import { used, type Standing, type Usage } from "#app/domain/budgets/rules.ts";
import { BarChart } from "#app/components/charts/bar-chart.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Stored = { kind: "week" | "month"; startsOn: string; usage: Usage };
const SHOWN = 6;

/** What the last weeks held, against this week's limit. */
export function PeriodHistory({ periods, week, currency }: { periods: Stored[]; week: Standing; currency: string }) {
  const { m, f } = useLanguage();
  const weeks = periods.filter((period) => period.kind === "week").slice(0, SHOWN).reverse();
  if (weeks.every((period) => used(period.usage) === 0)) return null;
  const money = (amount: number) => f.money({ amount, currency });
  const total = weeks.reduce((sum, period) => sum + used(period.usage), 0);
  return (
    <section>
      <h2>{m.budgets.history}</h2>
      <BarChart
        finding={m.budgets.historyFinding(money(total), weeks.length, week.limit === null ? null : money(week.limit))}
        bars={weeks.map((period) => ({ label: f.shortDate(period.startsOn), value: used(period.usage), text: f.plainMoney({ amount: used(period.usage), currency }) }))}
        limit={week.limit === null ? null : { value: week.limit, text: money(week.limit), label: m.budgets.limitOf(money(week.limit)) }}
        columns={[m.budgets.weekFrom, m.budgets.usedAmount]}
      />
    </section>
  );
}
