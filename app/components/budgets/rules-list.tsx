import type { EffectiveRules } from "#app/domain/budgets/rules.ts";
import type { Policy } from "#app/domain/purchases/rules.ts";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const FIELDS = ["weeklyLimit", "monthlyLimit", "autoApproveUpTo", "approvalThreshold"] as const;

/** The rules in force, and whose each is. */
export function RulesList({ rules, policy, currency }: { rules: EffectiveRules; policy: Policy; currency: string }) {
  const { m, f } = useLanguage();
  return (
    <SummaryList
      rows={[
        ...FIELDS.map((field) => {
          const strictest = rules[field];
          const shown = strictest && !(field === "autoApproveUpTo" && strictest.value === 0);
          return { term: m.budgets[field], value: shown ? m.budgets.setBy(f.money({ amount: strictest.value, currency }), strictest.setByName) : m.budgets.none };
        }),
        { term: m.budgets.policyTerm, value: m.budgets.policy[policy] },
      ]}
    />
  );
}
