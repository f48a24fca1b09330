import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { BudgetStanding } from "#app/components/budgets/standing.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Money } from "#app/components/ui/money.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { chooseBuyer, getShopPage, listBuyers } from "#app/domain/purchases/shop-page.server.ts";
import { chosenChild } from "#app/http/chosen-child.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = chooseBuyer(actor, new URL(request.url).searchParams.get("studentId"), chosenChild(request));
  const page = studentId ? await read(() => getShopPage(context, actor, studentId)) : null;
  const { purchases } = messagesFor(actor.locale);
  const own = actor.kind === "child";
  return { title: page && !own ? purchases.shopFor(page.student.name) : purchases.shop, own, buyers: listBuyers(actor), page, aboutChild: page?.student.id };
}

export default function Shop() {
  const { title, own, buyers, page } = useLoaderData<typeof loader>();
  const { m: { purchases: m }, f } = useLanguage();
  return (
    <>
      <PageHeader title={title} />
      {buyers.length > 1 && <TabLinks label={m.chooseChild} tabs={buyers.map((buyer) => ({ href: `/shop?studentId=${buyer.id}`, label: buyer.name, current: buyer.id === page?.student.id }))} />}
      {!page && <EmptyState title={m.nobodyToShopFor}><p>{m.nobodyToShopForText}</p><ButtonLink href="/children">{m.toChildren}</ButtonLink></EmptyState>}
      {page?.standings.map((period) => <BudgetStanding key={period.kind} of={period} currency={page.currency} />)}
      {page?.offers.length === 0 && <EmptyState title={m.nothingSoldTitle}><p>{m.nothingSoldText}</p></EmptyState>}
      {page?.offers.map((offer) => (
        <Card key={offer.id} title={offer.name} href={own ? `/shop/${offer.id}` : `/shop/${offer.id}?studentId=${page.student.id}`}>
          <p><Money of={{ amount: offer.price, currency: offer.currency }} /> · {offer.minutes === null ? m.kind[offer.kind] : m.hours(f.number(offer.minutes / 60))}</p>
          {offer.description && <p className="hint">{offer.description}</p>}
        </Card>
      ))}
    </>
  );
}
