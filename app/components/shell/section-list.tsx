import type { Section } from "#app/domain/navigation/sections.ts";
import { PlaceLink } from "./place-link.tsx";

/** What a phone's bottom bar has no room for: the further sections, the pages within those that are in the bar, and whatever waits. */
export function SectionList({ sections }: { sections: Section[] }) {
  return (
    <ul className="rows">
      {sections.flatMap((section) => (section.inBar ? section.pages : [section, ...section.pages.filter((page) => page.waiting > 0)])).map((place) => <li key={place.href}><PlaceLink name={place.name} href={place.href} waiting={place.waiting} /></li>)}
    </ul>
  );
}
