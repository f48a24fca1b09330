import type { BudgetEffect } from "#app/domain/budgets/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What an approval did to each limit, afterwards. */
export function EffectItHad({ effects, currency }: { effects: BudgetEffect[]; currency: string }) {
  const { m: { approvals: m }, f } = useLanguage();
  const money = (amount: number) => f.money({ amount, currency });
  if (effects.length === 0) return null;
  return (
    <section>
      <h2>{m.whatItDid}</h2>
      {effects.map(({ kind, overBy, leftAfter, limit }) => <p key={kind}>{overBy > 0 ? m.passed(money(overBy), money(limit), kind) : m.left(money(leftAfter), money(limit), kind)}</p>)}
    </section>
  );
}
