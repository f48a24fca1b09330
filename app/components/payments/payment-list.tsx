import { LinkList } from "#app/components/ui/link-list.tsx";
import { Money } from "#app/components/ui/money.tsx";
import type { PaymentStatus } from "#app/domain/payments/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { PaymentState } from "./payment-state.tsx";

type PaymentRow = { id: string; createdAt: number; planName: string; childName: string; amount: number; currency: string; status: PaymentStatus };

/** Payments, each leading to its own page. Only one that is not simply paid stands out. */
export function PaymentList({ payments }: { payments: PaymentRow[] }) {
  const { m: { payments: m }, f } = useLanguage();
  return (
    <LinkList rows={payments.map((payment) => ({
      key: payment.id, href: `/finance/pay/${payment.id}`, title: m.payFor(payment.planName, payment.childName), hint: payment.status === "succeeded" ? `${f.date(payment.createdAt)}, ${m.statusWord.succeeded.toLowerCase()}` : <>{f.date(payment.createdAt)} <PaymentState status={payment.status} /></>,
      tag: <Money of={payment} />,
    }))} />
  );
}

/** No more of a payment than a row shows goes to the page. */
export const paymentRow = ({ id, createdAt, planName, childName, amount, currency, status }: PaymentRow): PaymentRow => ({ id, createdAt, planName, childName, amount, currency, status });
