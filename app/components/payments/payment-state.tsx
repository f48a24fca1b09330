import type { Tone } from "#app/components/ui/notice.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { PaymentStatus } from "#app/domain/payments/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONE: Record<PaymentStatus, Tone> = { pending: "waiting", processing: "waiting", succeeded: "done", failed: "refused", refunded: "info" };

/** A payment's state in a word. */
export function PaymentState({ status }: { status: PaymentStatus }) {
  const { m } = useLanguage();
  return <Tag tone={TONE[status]}>{m.payments.statusWord[status]}</Tag>;
}
