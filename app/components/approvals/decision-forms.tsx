import type { PurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { BudgetEffectSentences } from "#app/components/budgets/effect.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CheckField, TextField } from "#app/components/ui/field.tsx";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** The consequence, then the approval. `others` still have to approve too. */
export function ApproveForm({ purchase, others, refusal }: { purchase: PurchasePage; others: string[]; refusal: Refusal | undefined }) {
  const { m: { approvals: m }, f } = useLanguage();
  return (
    <Card title={m.ifYouApprove}>
      {purchase.effect.length === 0 ? <p>{m.noLimits(purchase.childName)}</p> : <BudgetEffectSentences effects={purchase.effect} currency={purchase.currency} />}
      <p>{others.length > 0 ? m.notYetComplete(others.join(m.and)) : m.completes(purchase.card)}</p>
      <form method="post">
        <input type="hidden" name="act" value="approve" />
        <TextField name="note" label={m.note(purchase.childName)} hint={m.noteHint} maxLength={500} refusal={refusal} />
        {purchase.overLimit && others.length === 0 && <CheckField name="allowOverLimit" label={m.allowOverLimit} hint={m.allowOverLimitHint} refusal={refusal} />}
        <Button>{m.approve(f.money(purchase))}</Button>
      </form>
    </Card>
  );
}

/** Kept apart from the approval, and folded away until it is wanted. */
export function DenyForm({ childName, refusal }: { childName: string; refusal: Refusal | undefined }) {
  const { m: { approvals: m } } = useLanguage();
  return (
    <details open={refusal?.values.act === "deny"}>
      <summary>{m.orDeny}</summary>
      <p>{m.ifYouDeny(childName)}</p>
      <form method="post" noValidate>
        <input type="hidden" name="act" value="deny" />
        <TextField name="reason" label={m.reason} hint={m.reasonHint(childName)} required maxLength={500} refusal={refusal} />
        <Button weight="danger">{m.deny}</Button>
      </form>
    </details>
  );
}

/** A quiet act with its consequence before it. */
export function QuietAct({ act, effect, label }: { act: string; effect: string; label: string }) {
  return <form method="post"><p>{effect}</p><Button weight="quiet" name="act" value={act}>{label}</Button></form>;
}
