import type { PurchasePreview } from "#app/domain/budgets/preview-purchase.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Said before asking: who would decide, and how. */
export function WhoDecides({ preview }: { preview: PurchasePreview }) {
  const { m: { purchases: m } } = useLanguage();
  const names = preview.deciders.map((guardian) => guardian.name);
  const sentence = preview.takes === "nobody" ? m.willBeDecided.automatic
    : names.length === 0 ? m.willBeDecided.nobody
    : preview.takes === "all" ? m.willBeDecided.all(names.join(m.and))
    : preview.band === "policy" ? m.willBeDecided.one(names.join(m.or))
    : m.willBeDecided.single(names.join(m.or));
  return <><p>{sentence}</p>{preview.primaryMissing && <p>{m.primaryMissing}</p>}</>;
}
