import type { Written } from "#app/domain/learning/read-written.server.ts";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { WrittenKind } from "#app/domain/learning/written-inputs.ts";
import { placeOf } from "#app/domain/learning/written-kinds.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What was written of a student, each leading to that very thing. `staff`: the reader is told who else sees it. */
export function RecordList({ kind, items, staff }: { kind: WrittenKind; items: Written[]; staff: boolean }) {
  const { m: { learning: m }, f } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.none[kind]}><p>{m.noneText[kind]}</p></EmptyState>;
  return (
    <ul className="rows">{items.map((one) => (
      <li key={one.id}>
        <p className="lead"><a href={`/${placeOf[kind]}/${one.id}`}>{one.title ?? shortened(one.text)}</a>{one.level && <strong>{m.levelShort(one.level)}</strong>}</p>
        <span className="hint">{[one.subject, m.byOn(one.author, f.date(one.on)), ...one.competencies.map((shown) => `${m.shortly[shown.competency]}: ${m.levelShort(shown.level)}`)].filter(Boolean).join(" · ")}</span>
        {staff && <> <Tag tone={one.visibility === "staff" ? "waiting" : "info"}>{m.seenBy[one.visibility]}</Tag></>}
      </li>
    ))}</ul>
  );
}

const shortened = (text: string) => (text.length <= 100 ? text : `${text.slice(0, 100).replace(/\s+\S*$/, "")} …`);
