import type { SharedWith } from "#app/domain/consent/shared-data.server.ts";
import { DATA_TYPES } from "#app/domain/consent/rules.ts";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** People by name, in each of their capacities, with what is open to them. */
export function SharedWithList({ people }: { people: SharedWith[] }) {
  const { m: { consent, privacy: m } } = useLanguage();
  const what = (kinds: SharedWith["dataTypes"]) => (kinds.length === 0 ? m.nothingElse : kinds.length === DATA_TYPES.length ? m.everything : kinds.map((kind) => consent.dataTypes[kind]).join(", "));
  return (
    <ul className="rows">{people.map((one) => (
      <li key={`${one.userId} ${one.capacity} ${one.school}`}>
        <div className="lead"><strong>{one.name}</strong><Tag>{one.isPrimary ? m.primary : m.capacities[one.capacity]}</Tag></div>
        <p className="hint">{one.school && `${one.school}. `}{what(one.dataTypes)}</p>
      </li>
    ))}</ul>
  );
}
