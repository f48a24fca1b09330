import { DataTable } from "#app/components/ui/data-table.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

export type RefundRow = { id: string; amount: number; currency: string; status: "pending" | "succeeded" | "failed"; createdAt: number };

/** What went back of a payment, or is on its way. */
export function RefundList({ refunds }: { refunds: RefundRow[] }) {
  const { m: { payments: m }, f } = useLanguage();
  if (refunds.length === 0) return null;
  return (
    <DataTable caption={m.refunds} rows={refunds} rowKey={(refund) => refund.id} columns={[
      { heading: m.date, cell: (refund) => f.date(refund.createdAt) },
      { heading: m.amount, cell: (refund) => <Money of={refund} />, numeric: true },
      { heading: m.status, cell: (refund) => <Tag tone={refund.status === "failed" ? "refused" : refund.status === "pending" ? "waiting" : "done"}>{m.refundWord[refund.status]}</Tag> },
    ]} />
  );
}
