import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Saved = { id: string; brand: string; last4: string; expMonth: number; expYear: number; isDefault: boolean };

/** One saved card: whether it pays, and behind a fold how to remove it. */
export function SavedCard({ card }: { card: Saved }) {
  const { m: { payments: m } } = useLanguage();
  return (
    <Card title={`${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ··${card.last4}`} tag={card.isDefault ? <Tag tone="done">{m.isDefault}</Tag> : undefined}>
      <p>{m.cardEnds(`${String(card.expMonth).padStart(2, "0")}/${card.expYear}`)}</p>
      {!card.isDefault && (
        <form method="post">
          <input type="hidden" name="methodId" value={card.id} />
          <p>{m.makeDefaultEffect}</p>
          <Button weight="quiet" name="act" value="default">{m.makeDefault}</Button>
        </form>
      )}
      <details>
        <summary>{m.remove}</summary>
        <form method="post">
          <input type="hidden" name="methodId" value={card.id} />
          <p>{m.removeEffect}</p>
          <Button weight="danger" name="act" value="remove">{m.removeSure}</Button>
        </form>
      </details>
    </Card>
  );
}
