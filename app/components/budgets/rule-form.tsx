import type { Control } from "#app/domain/budgets/rules.ts";
import type { Policy } from "#app/domain/purchases/rules.ts";
import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, MoneyField } from "#app/components/ui/field.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { typedAmount } from "#app/domain/money.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export const RULE_AMOUNTS = ["weeklyLimit", "monthlyLimit", "autoApproveUpTo", "approvalThreshold"] as const;

/** A guardian's own rule for a child. */
export function RuleForm({ mine, currency, refusal }: { mine: Control | undefined; currency: string; refusal: Refusal | undefined }) {
  const { m } = useLanguage();
  const hints = { weeklyLimit: m.budgets.weeklyLimitHint, monthlyLimit: m.budgets.monthlyLimitHint, autoApproveUpTo: m.budgets.autoHint, approvalThreshold: m.budgets.thresholdHint };
  const shown = (amount: number | null | undefined) => (amount ? typedAmount({ amount, currency }) : amount === 0 ? "0" : undefined);
  return (
    <form method="post" noValidate>
      <RefusalSummary refusal={refusal} />
      <input type="hidden" name="act" value="rule" />
      <input type="hidden" name="currency" value={currency} />
      {RULE_AMOUNTS.map((name) => (
        <MoneyField key={name} name={name} label={m.budgets[name]} hint={hints[name]} currency={currency} refusal={refusal} defaultValue={name === "autoApproveUpTo" && !mine?.autoApproveUpTo ? undefined : shown(mine?.[name])} />
      ))}
      <ChoiceField name="rollover" label={m.budgets.rolloverLabel} refusal={refusal} chosen={mine?.rollover ?? "none"} options={(["none", "unspent", "unspent_and_overspent"] as const).map((value) => ({ value, label: m.budgets.rollover[value] }))} />
      <Button>{m.budgets.saveRule}</Button>
    </form>
  );
}

/** Who decides on large purchases of a child. */
export function PolicyForm({ policy, refusal }: { policy: Policy; refusal: Refusal | undefined }) {
  const { m } = useLanguage();
  return (
    <form method="post">
      <RefusalSummary refusal={refusal} />
      <input type="hidden" name="act" value="policy" />
      <ChoiceField name="policy" label={m.budgets.policyLabel} refusal={refusal} chosen={policy} options={(["any", "primary", "all"] as const).map((value) => ({ value, label: m.budgets.policy[value] }))} />
      <Button weight="quiet">{m.budgets.savePolicy}</Button>
    </form>
  );
}
