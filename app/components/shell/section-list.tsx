import { useLanguage } from "#app/i18n/use-messages.ts";
import { Badge } from "../ui/badge.tsx";
import { sectionsFor, type ShellFacts } from "./sections.ts";

/** The sections that are not in a phone's bottom bar. */
export function SectionList({ facts }: { facts: ShellFacts }) {
  const { m } = useLanguage();
  return (
    <ul className="rows">
      {sectionsFor(facts).filter((section) => !section.inBar).map(({ name, href, waiting }) => (
        <li key={name}><a href={href}>{waiting ? `${m.shell[name]} ` : m.shell[name]}{waiting ? <Badge count={waiting} of={m.shell.waiting} /> : null}</a></li>
      ))}
    </ul>
  );
}
