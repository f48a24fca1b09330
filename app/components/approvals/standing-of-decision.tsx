import type { PurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Why there is nothing to decide for this reader, and what can be done instead. */
export function StandingOfDecision({ purchase, readerId, mayPay }: { purchase: PurchasePage; readerId: string; mayPay: boolean }) {
  const { m: { approvals: m } } = useLanguage();
  const { status, payment, awaited, decisions } = purchase;
  if (status === "pending") {
    const names = awaited.map((guardian) => guardian.name).join(purchase.takes === "all" ? m.and : m.or);
    if (decisions.some((decision) => decision.by === readerId)) return <p>{m.youApproved} {m.waitsForOthers(names)}</p>;
    return <p>{m.viewOnly} {names && m.othersDecide(names)}</p>;
  }
  if (status !== "approved" || !payment || (payment.status !== "failed" && payment.status !== "pending")) return null;
  return (
    <>
      <p>{payment.status === "failed" ? m.paymentFailedNext : m.payNext}</p>
      {mayPay && <p><ButtonLink weight="primary" href={`/finance/pay/${payment.id}`}>{m.pay}</ButtonLink></p>}
    </>
  );
}
