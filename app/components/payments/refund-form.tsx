import { Button } from "#app/components/ui/button.tsx";
import { MoneyField, TextField } from "#app/components/ui/field.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { PaymentStatus } from "#app/domain/payments/rules.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { PaymentState } from "./payment-state.tsx";
import { RefundList, type RefundRow } from "./refund-list.tsx";

type Refundable = { id: string; planName: string; childName: string; amount: number; currency: string; status: PaymentStatus; left: number; refunds: RefundRow[] };

/** One payment to the school, and the form that gives it back. */
export function RefundForm({ payment, refusal }: { payment: Refundable; refusal: Refusal | undefined }) {
  const { m: { payments: m } } = useLanguage();
  return (
    <section>
      <h2>{m.refundTitle}: {m.payFor(payment.planName, payment.childName)}</h2>
      <RefusalSummary refusal={refusal} />
      <SummaryList rows={[
        { term: m.amount, value: <Money of={payment} /> },
        { term: m.status, value: <PaymentState status={payment.status} /> },
      ]} />
      <RefundList refunds={payment.refunds} />
      {payment.status === "succeeded" && payment.left > 0 && (
        <form method="post">
          <input type="hidden" name="paymentId" value={payment.id} />
          <input type="hidden" name="currency" value={payment.currency} />
          <MoneyField name="amount" label={m.refundAmount} hint={m.refundAmountHint} currency={payment.currency} refusal={refusal} />
          <TextField name="reason" label={m.refundReason} hint={m.refundReasonHint} refusal={refusal} maxLength={500} />
          <p>{m.refundEffect(payment.childName)}</p>
          <Button>{m.refundSubmit}</Button>
        </form>
      )}
    </section>
  );
}
