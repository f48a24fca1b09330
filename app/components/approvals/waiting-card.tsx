import type { PurchaseBrief } from "#app/domain/purchases/purchase-page.server.ts";
import { Card } from "#app/components/ui/card.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A request that waits: who, what, how much, by when, and what happens if one does nothing. */
export function WaitingCard({ request }: { request: PurchaseBrief }) {
  const { m: { approvals: m, purchases }, f } = useLanguage();
  return (
    <Card title={request.planName} href={`/approvals/${request.id}`} tag={<Tag tone="waiting">{purchases.status.pending}</Tag>}>
      <p className="lead"><span>{request.childName}</span><Money of={request} /></p>
      {request.message && <p>{purchases.saying(request.message)}</p>}
      <p className="hint">{m.by(f.until(request.expiresAt))} {m.ifNothing(request.childName)}</p>
    </Card>
  );
}
