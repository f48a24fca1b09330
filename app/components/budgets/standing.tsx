import type { Standing } from "#app/domain/budgets/rules.ts";
import { Meter } from "#app/components/ui/meter.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** How much of a week or month is left, in words and as a meter. */
export function BudgetStanding({ of: period, currency }: { of: Standing; currency: string }) {
  const { m, f } = useLanguage();
  const money = (amount: number) => f.money({ amount, currency });
  const used = period.reserved + period.spent;
  return (
    <>
      {period.limit === null
        ? <p>{m.budgets.period[period.kind]}: {m.budgets.noLimit(money(used))}</p>
        : <Meter label={m.budgets.period[period.kind]} text={m.budgets.leftOf(money(period.left ?? 0), money(period.limit))} left={period.left ?? 0} max={period.limit} />}
      {period.over > 0 && <p className="hint">{m.budgets.overBy(money(period.over))}</p>}
      {period.reserved > 0 && <p className="hint">{m.budgets.reservedOf(money(period.reserved))}</p>}
    </>
  );
}
