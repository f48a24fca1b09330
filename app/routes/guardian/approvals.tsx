import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { WaitingCard } from "#app/components/approvals/waiting-card.tsx";
import { BookingCard } from "#app/components/lessons/booking-answer.tsx";
import { PurchaseStatus } from "#app/components/purchases/purchase-status.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { answerBooking } from "#app/domain/lessons/answer-booking.server.ts";
import { approvalsPage } from "#app/domain/lessons/approvals-page.server.ts";
import { BookingAnswerInput } from "#app/domain/lessons/booking-inputs.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What a tab shows; anything else in the address is what waits. */
const FILTERS = { waiting: "pending", approved: "approved", denied: "denied", all: undefined } as const;
type Tab = keyof typeof FILTERS;
const TABS = Object.keys(FILTERS) as Tab[];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  if (actor.kind === "child") throw redirect("/requests");
  const asked = new URL(request.url).searchParams;
  const tab = TABS.find((name) => name === asked.get("show")) ?? "waiting";
  const page = await read(() => approvalsPage(context, actor, { status: FILTERS[tab], before: asked.get("before") ?? undefined, lessons: asked.get("lessons") ?? undefined, limit: 20 }));
  return { title: messagesFor(actor.locale).approvals.title, tab, just: asked.get("just"), ...page };
}

/** The answer to a question about a lesson; a purchase is decided on its own page. */
export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, BookingAnswerInput, async ({ bookingId, ...answer }) => {
    await answerBooking(context, actor, bookingId, answer);
    return redirect(`/approvals?just=${answer.outcome}`, 303);
  });
}

export default function Approvals() {
  const { title, tab, just, items, bookings, moreLessons, nextCursor } = useLoaderData<typeof loader>();
  const { m: { approvals: m, bookings: words }, f } = useLanguage();
  const refusal = useRefusal();
  const waits = tab === "waiting";
  return (
    <>
      <PageHeader title={title} />
      {!refusal && (just === "approved" || just === "denied") && <Notice tone="done">{words.just[just]}</Notice>}
      <RefusalSummary refusal={refusal} />
      {typeof refusal?.extra.decidedByName === "string" && <p>{m.decidedMeanwhile(refusal.extra.decidedByName)}</p>}
      <TabLinks label={m.tabs} tabs={TABS.map((name) => ({ href: name === "waiting" ? "/approvals" : `/approvals?show=${name}`, label: m[name], current: name === tab }))} />
      {items.length + bookings.length === 0 && <EmptyState title={waits ? m.nothingWaitsTitle : m.nothingHereTitle}><p>{waits ? m.nothingWaitsText : m.nothingHereText}</p><ButtonLink href="/home">{m.toHome}</ButtonLink></EmptyState>}
      <Cards>
        {bookings.map((booking) => <BookingCard key={booking.id} booking={booking} refusal={refusal?.values.bookingId === booking.id ? refusal : undefined} />)}
        {items.map((item) => waits
          ? <WaitingCard key={item.id} request={item} />
          : (
            <Card key={item.id} title={item.planName} href={`/approvals/${item.id}`} tag={<PurchaseStatus status={item.status} />}>
              <p className="lead"><span>{item.childName}</span><Money of={item} /></p>
              <p className="hint">{f.date(item.decidedAt ?? item.createdAt)}</p>
            </Card>
          ))}
      </Cards>
      {moreLessons && <p><a href={`/approvals?lessons=${moreLessons}`}>{m.moreLessons}</a></p>}
      <Pagination olderHref={nextCursor && `/approvals?${waits ? "" : `show=${tab}&`}before=${nextCursor}`} />
    </>
  );
}
