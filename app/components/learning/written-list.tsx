import { EmptyState } from "#app/components/ui/empty-state.tsx";
import type { listWritten } from "#app/domain/learning/materials/list-materials.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** A teacher's own materials, with how many have finished them. */
export function WrittenList({ items }: { items: Awaited<ReturnType<typeof listWritten>>["items"] }) {
  const { m: { learningWork: m } } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.noOwnMaterials}><p>{m.noOwnMaterialsText}</p></EmptyState>;
  return (
    <ul className="rows">{items.map((item) => (
      <li key={item.id}>
        <p className="lead"><a href={`/materials/${item.id}`}>{item.title}</a>{item.status !== "draft" && <span>{m.finished(item.done)}</span>}</p>
        <p className="hint">{[item.subject, item.minutes && m.about(item.minutes)].filter(Boolean).join(". ")}</p>
      </li>
    ))}</ul>
  );
}
