import type { PurchasePage } from "#app/domain/purchases/purchase-page.server.ts";
import { Timeline } from "#app/components/ui/timeline.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A purchase from asking to its end, in plain sentences. */
export function PurchaseTimeline({ purchase }: { purchase: Pick<PurchasePage, "askedByName" | "message" | "decisions" | "createdAt" | "renewalOf" | "status" | "expiresAt" | "decidedAt" | "awaited"> }) {
  const { m: { purchases: m } } = useLanguage();
  const said = (sentence: string, words: string | null) => <>{sentence}{words && <p className="hint">{m.saying(words)}</p>}</>;
  const items = [
    { at: purchase.createdAt, text: said((purchase.renewalOf ? m.timelineAskedAgain : m.timelineAsked)(purchase.askedByName), purchase.message) },
    ...purchase.decisions.map((decision) => ({
      at: decision.at,
      text: decision.by === "rule" ? m.timelineRule
        : said((decision.outcome === "denied" ? m.timelineDenied : decision.overLimit ? m.timelineApprovedOver : m.timelineApproved)(decision.byName ?? ""), decision.note),
    })),
    ...(purchase.status === "expired" ? [{ at: purchase.expiresAt, text: m.timelineExpired }] : []),
    ...(purchase.status === "cancelled" ? [{ at: purchase.decidedAt ?? purchase.createdAt, text: m.timelineCancelled }] : []),
  ];
  return (
    <section>
      <h2>{m.timeline}</h2>
      <Timeline items={items} />
      {purchase.status === "pending" && purchase.awaited.length > 0 && <p>{m.waitsFor(purchase.awaited.map((guardian) => guardian.name).join(purchase.awaited.length > 1 ? m.or : ""))}</p>}
    </section>
  );
}
