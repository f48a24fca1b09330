import type { Section } from "#app/domain/navigation/sections.ts";
import { PlaceLink } from "#app/components/shell/place-link.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** For who runs a school and looks after nobody: the way to its administration. */
export function SchoolHome({ schools, pages }: { schools: string[]; pages: Section["pages"] }) {
  const { m: { home: m } } = useLanguage();
  return (
    <Card title={m.yourSchool} href="/admin">
      <p className="hint">{schools.join(", ")}</p>
      <ul className="rows">{pages.map((page) => <li key={page.name}><PlaceLink name={page.name} href={page.href} /></li>)}</ul>
    </Card>
  );
}
