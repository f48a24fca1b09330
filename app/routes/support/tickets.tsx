import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { TicketList } from "#app/components/support/ticket-list.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { answersAt, listTickets } from "#app/domain/support/read-tickets.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** One's own tickets; for who answers at a school, first of all what waits there. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const query = new URL(request.url).searchParams;
  const schools = answersAt(actor);
  const of = query.get("of") ?? schools[0]?.id ?? "me";
  const status = query.get("show") === "closed" ? "closed" as const : "open" as const;
  const { items, nextCursor } = await read(() => listTickets(context, actor, { schoolId: of === "me" ? undefined : of, status }, { limit: 20, cursor: query.get("cursor")?.slice(0, 100) }));
  return { title: messagesFor(actor.locale).support.ticketsTitle, schools, of, status, items: items.map(({ id, subject, opener, school, lastAt, lastText, open, waiting }) => ({ id, subject, opener, school, lastAt, lastText, open, waiting })), nextCursor };
}

export default function Tickets() {
  const { m: { support: m } } = useLanguage();
  const { schools, of, status, items, nextCursor } = useLoaderData<typeof loader>();
  const at = (to: { of?: string; show?: string; cursor?: string }) => `/support/tickets?${new URLSearchParams({ of, ...(status === "closed" ? { show: "closed" } : {}), ...to })}`;
  return (
    <>
      <PageHeader title={m.ticketsTitle} back={{ href: "/support", label: m.title }} />
      {schools.length > 0 && <TabLinks label={m.whose} tabs={[...schools.map(({ id, name }) => ({ href: `/support/tickets?of=${id}`, label: name, current: of === id })), { href: "/support/tickets?of=me", label: m.yours, current: of === "me" }]} />}
      {of !== "me" && <TabLinks label={m.which} tabs={[{ href: at({ show: "open" }), label: m.openOnes, current: status === "open" }, { href: at({ show: "closed" }), label: m.closedOnes, current: status === "closed" }]} />}
      {items.length > 0 ? <TicketList items={items} queue={of !== "me"} /> : <EmptyState title={m.noTickets}><p>{of === "me" ? m.noTicketsText : m.queueEmptyText}</p></EmptyState>}
      <Pagination olderHref={nextCursor && at({ cursor: nextCursor })} />
      <p><ButtonLink href="/support/tickets/new">{m.newTicket}</ButtonLink></p>
    </>
  );
}
