import type { Section } from "#app/domain/navigation/sections.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Icon } from "./icon.tsx";
import { PlaceLink } from "./place-link.tsx";
import { placesIn, waitingIn } from "./waiting.ts";

/** One list: at the side of a wide screen, where it folds away; at the bottom of a phone, where only the main sections show. A section shows its pages while one is within, and any page where something waits. */
export function Navigation({ sections, path, icons, folded, live }: { sections: Section[]; path: string; icons: boolean; folded: boolean; live: boolean }) {
  const { m } = useLanguage();
  const hidden = sections.filter((section) => !section.inBar);
  return (
    <nav aria-label={m.shell.navigation} data-waiting={live ? m.shell.waiting : undefined}>
      <details open={!folded}>
        <summary>{m.shell.menu}</summary>
        <ul>
          {sections.map((section) => {
            const pages = section.pages.filter((page) => section.open || page.waiting > 0);
            return (
              <li key={section.name} data-bar={section.inBar || undefined}>
                <PlaceLink {...section} own={section.counter !== undefined} waiting={waitingIn([section])} counters={live ? countersIn([section]) : undefined} icon={icons && <Icon name={section.name} />} />
                {pages.length > 0 && <ul>{pages.map((page) => <li key={page.name}><PlaceLink {...page} counters={live ? page.counter : undefined} /></li>)}</ul>}
              </li>
            );
          })}
          <li data-bar="more"><PlaceLink name="more" href="/more" waiting={waitingIn(hidden)} counters={live ? countersIn(hidden) : undefined} current={path === "/more" ? "page" : sections.some((section) => section.open && !section.inBar) ? "true" : undefined} icon={icons && <Icon name="more" />} /></li>
        </ul>
      </details>
    </nav>
  );
}

/** The names of the live counters that make up the same number. */
const countersIn = (sections: Section[]) => placesIn(sections).flatMap((place) => place.counter ?? []).join(" ") || undefined;
