import { useLanguage } from "#app/i18n/use-messages.ts";
import { Badge } from "../ui/badge.tsx";
import { Icon } from "./icon.tsx";
import { isWithin, sectionsFor, type ShellFacts } from "./sections.ts";

/** One list: at the side of a wide screen, where it folds away; at the bottom of a phone, where only the main sections show. */
export function Navigation({ facts, path, icons, folded }: { facts: ShellFacts; path: string; icons: boolean; folded: boolean }) {
  const { m } = useLanguage();
  return (
    <nav aria-label={m.shell.navigation}>
      <details open={!folded}>
        <summary>{m.shell.menu}</summary>
        <ul>
          {sectionsFor(facts).map(({ name, href, inBar, waiting }) => (
            <li key={name} data-bar={inBar || undefined}>
              <a href={href} aria-current={isWithin(path, href) ? "page" : undefined}>
                {icons && <Icon name={name} />}
                {waiting ? `${m.shell[name]} ` : m.shell[name]}
                {waiting ? <Badge count={waiting} of={m.shell.waiting} /> : null}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}
