import type { SchoolDashboard } from "#app/domain/dashboards/school-dashboard.server.ts";
import type { Section } from "#app/domain/navigation/sections.ts";
import { PlaceLink } from "#app/components/shell/place-link.tsx";
import { TicketList } from "#app/components/support/ticket-list.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** For who runs a school or answers there: what waits, then the ways to all of it. */
export function SchoolHome({ schools, tickets, reports, pages }: SchoolDashboard & { pages: Section["pages"] }) {
  const { m: { home: m, moderation } } = useLanguage();
  return (
    <>
      <h2>{m.schoolWaits}</h2>
      {tickets.length === 0 && reports === 0 && <p>{m.nothingWaits}</p>}
      {reports > 0 && <LinkList rows={[{ key: "reports", href: "/admin/moderation", title: m.reports(reports), hint: moderation.about }]} />}
      {tickets.length > 0 && <TicketList items={tickets} queue />}
      <p><a href="/support/tickets">{m.allTickets}</a></p>
      {pages.length === 0 ? <p className="hint">{m.worksAt(schools.join(", "))}</p> : (
        <Card title={m.yourSchool} href="/admin">
          <p className="hint">{schools.join(", ")}</p>
          <ul className="rows">{pages.map((page) => <li key={page.name}><PlaceLink name={page.name} href={page.href} /></li>)}</ul>
        </Card>
      )}
    </>
  );
}
