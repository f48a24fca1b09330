import { DataTable } from "#app/components/ui/data-table.tsx";
import { Money } from "#app/components/ui/money.tsx";
import type { PaymentStatus } from "#app/domain/payments/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { PaymentState } from "./payment-state.tsx";

export type PaymentRow = { id: string; createdAt: number; planName: string; childName: string; amount: number; currency: string; status: PaymentStatus };

/** Payments as rows, each leading to its own page. */
export function PaymentTable({ caption, payments }: { caption: string; payments: PaymentRow[] }) {
  const { m: { payments: m }, f } = useLanguage();
  return (
    <DataTable caption={caption} rows={payments} rowKey={(payment) => payment.id} columns={[
      { heading: m.date, cell: (payment) => f.date(payment.createdAt) },
      { heading: m.plan, cell: (payment) => <a href={`/finance/pay/${payment.id}`}>{m.payFor(payment.planName, payment.childName)}</a> },
      { heading: m.amount, cell: (payment) => <Money of={payment} />, numeric: true },
      { heading: m.status, cell: (payment) => <PaymentState status={payment.status} /> },
    ]} />
  );
}

/** No more of a payment than a row shows goes to the page. */
export const paymentRow = ({ id, createdAt, planName, childName, amount, currency, status }: PaymentRow): PaymentRow => ({ id, createdAt, planName, childName, amount, currency, status });
