import type { BudgetEffect } from "#app/domain/budgets/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What an amount would leave of each limit, a sentence each. */
export function BudgetEffectSentences({ effects, currency }: { effects: BudgetEffect[]; currency: string }) {
  const { m, f } = useLanguage();
  const money = (amount: number) => f.money({ amount, currency });
  return effects.map((effect) => (
    <p key={effect.kind}>
      {effect.overBy > 0 ? m.budgets.effectOver(money(effect.overBy), money(effect.limit), effect.kind) : m.budgets.effect(money(effect.leftAfter), money(effect.limit), effect.kind)}
    </p>
  ));
}
