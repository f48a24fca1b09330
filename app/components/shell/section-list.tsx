import type { Section } from "#app/domain/navigation/sections.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Badge } from "../ui/badge.tsx";
import { PlaceLink } from "./place-link.tsx";
import { waitingIn } from "./waiting.ts";

/** The navigation as a phone has it behind More: each section unfolds to its pages. Open are those that the bottom bar has no room for, and those where something waits. */
export function SectionList({ sections }: { sections: Section[] }) {
  const { m: { shell: m } } = useLanguage();
  return (
    <ul className="rows">
      {sections.filter(({ inBar, pages }) => !inBar || pages.length > 0).map((section) => (
        <li key={section.name}>
          {section.pages.length === 0 ? <PlaceLink name={section.name} href={section.href} waiting={section.waiting} /> : (
            <details open={!section.inBar || section.pages.some(({ waiting }) => waiting > 0)}>
              <summary>{m.places[section.name]}{waitingIn([section]) > 0 && <> <Badge count={waitingIn([section])} of={m.waiting} /></>}</summary>
              <ul className="rows">{[section, ...section.pages].map((place) => <li key={place.name}><PlaceLink name={place.name} href={place.href} waiting={place.waiting} /></li>)}</ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
