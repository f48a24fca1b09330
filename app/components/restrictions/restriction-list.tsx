import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { ListedRestriction } from "#app/domain/restrictions/list-restrictions.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONES = { in_force: "refused", coming: "waiting", over: "info" } as const;

/** Whom the school keeps away from a child, why and for how long. */
export function RestrictionList({ restrictions }: { restrictions: ListedRestriction[] }) {
  const { m: { restrictions: m }, f } = useLanguage();
  if (restrictions.length === 0) return <EmptyState title={m.none}><p>{m.noneText}</p></EmptyState>;
  return (
    <ul className="rows">
      {restrictions.map((each) => (
        <li key={each.id}>
          <p><strong>{each.personName}</strong> <Tag tone={TONES[each.standing]}>{m.standing[each.standing]}</Tag></p>
          <p>{each.reason}</p>
          <p className="hint">{[m.since(f.dateTime(each.startsAt)), ...(each.endsAt === null ? [] : [m.to(f.until(each.endsAt))]), m.setBy(each.setByName)].join(", ")}</p>
          {each.standing !== "over" && <p><a href={`?lift=${each.id}`}>{m.lift}<span className="for-readers"> {each.personName}</span></a></p>}
        </li>
      ))}
    </ul>
  );
}
