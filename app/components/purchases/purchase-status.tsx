import type { RequestStatus } from "#app/domain/purchases/rules.ts";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONES = { pending: "waiting", approved: "done", denied: "refused", expired: "info", cancelled: "info" } as const;

/** Where a request stands, in a word; kinder words for the child who asked. */
export function PurchaseStatus({ status, forChild }: { status: RequestStatus; forChild?: boolean }) {
  const { m: { purchases: m } } = useLanguage();
  return <Tag tone={TONES[status]}>{forChild ? m.statusForChild[status] : m.status[status]}</Tag>;
}
